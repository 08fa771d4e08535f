"""A time by which an answer is whole, or its connection is cut.

Timeouts of a socket begin anew with every byte, so a server that sends one byte a while holds a reader for days.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

from urllib3 import PoolManager


class Deadline:
    """Cuts off the connection in use when its time is up; `passed` says whether it did. One request at a time."""

    def __init__(self) -> None:
        self.passed = False
        self._socket: socket.socket | None = None

    def hold(self, connected: socket.socket) -> None:
        """Take the socket of the connection in use; called by the connections of a manager that `heed` this one."""
        self._socket = connected
        if self.passed:
            self._cut()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give what is done in this block so many seconds, after which its reads end as if the server had gone."""
        self.passed, self._socket = False, None
        timer = threading.Timer(seconds, self._pass)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _pass(self) -> None:
        self.passed = True
        self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def heed(manager: PoolManager, deadline: Deadline) -> None:
    """Let every connection the manager makes from now on, through whatever proxy, hand its socket to `deadline`."""
    pools: dict[str, Any] = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {
        scheme: type(pool.__name__, (pool,), {"ConnectionCls": _held(pool.ConnectionCls, deadline)})
        for scheme, pool in pools.items()
    }


def _held(kind: Any, deadline: Deadline) -> type:
    def connect(self: Any) -> None:
        kind.connect(self)
        deadline.hold(self.sock)

    return type(kind.__name__, (kind,), {"connect": connect})
