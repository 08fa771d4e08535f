"""Where the work is done: in processes of this machine, or on a Ray cluster."""

from __future__ import annotations

import os
from typing import Any

import daft

HERE = "local"
LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
"""Has Ray listen on 127.0.0.1 alone on any system; an address given to `ray.init` does not."""
MEMORY = 512 * 2**20
"""Bytes of the object store of a Ray started here."""


def start(ray: str | None) -> int | None:
    """Have daft work here, or on the Ray cluster at `ray`, of which it gives the number of cores.

    `local` starts one on this machine, which no other can reach; it ends with this process. daft works one way for as
    long as a process lives: what was built on a cluster first goes on being built there.
    """
    if ray is None:
        if daft.get_or_infer_runner_type() != "native":
            daft.set_runner_native()
        return None
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0"} | (LOOPBACK if ray == HERE else {})  # before Ray is loaded
    import ray as rays

    cluster: Any = rays  # parts of it have no types
    if not cluster.is_initialized():
        here = {"include_dashboard": False, "object_store_memory": MEMORY, "log_to_driver": False}
        cluster.init(**here if ray == HERE else {"address": ray})
    daft.set_runner_ray(noop_if_initialized=True)
    return int(cluster.cluster_resources()["CPU"])
