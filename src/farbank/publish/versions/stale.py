"""A version that renders other words than the master has now, or nobody knows which (F28, pain 11 of the peers).

A date would not do: what counts is which words were rendered, so that a version names the master's revision.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.versions.revision import revision

RULE = "version-stale"
BLOCKING = True


def find(master: Draft, version: Draft) -> Iterator[tuple[int, str]]:
    """A message if the version is pinned to no revision of the master, or to another than the one there is."""
    now = revision(master)
    if not version.of:
        yield 1, f"is pinned to no revision of {master.file}; read it against the master, then run farbank story pin"
    elif version.of != now:
        yield (
            1,
            f"renders revision {version.of} of {master.file}, which is {now} now; bring it up to date, then run "
            "farbank story pin",
        )
