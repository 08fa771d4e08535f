"""The archive at scale: the same questions, asked of Lance tables in a folder or an object store.

Needs `farbank[cluster]`. Where an address says `s3://`, `gs://` or `az://`, keys and endpoint are read from the
environment, as object stores' own programs do.
"""

import logging
import os
from importlib.util import find_spec

from farbank.watch.errors import NotInstalled

NEEDED = ("daft", "lance")

if missing := [name for name in NEEDED if find_spec(name) is None]:
    raise NotInstalled(f"{', '.join(missing)}: {NotInstalled.__doc__}")

os.environ.setdefault("LANCE_LOG", "error")  # a table that is made is nothing to warn of
logging.getLogger("daft_local_execution.sources.glob_scan").setLevel(logging.ERROR)  # nor that nothing was found

from farbank.watch.cluster.archive import inside, open  # noqa: E402
from farbank.watch.cluster.build import build  # noqa: E402
from farbank.watch.cluster.reader import reader  # noqa: E402

__all__ = ["build", "inside", "open", "reader"]
