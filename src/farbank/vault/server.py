"""`server.json`: beside a keyring it says that the compartments lie on a server, and where; never a password."""

from __future__ import annotations

from pathlib import Path

import msgspec

from farbank import whole
from farbank.model import codec

FILE = "server.json"


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """Where a shared desk lies, as a postgresql:// address."""

    url: str


def read(folder: Path) -> str | None:
    """The address of the server, None if the compartments lie in the folder. Raises DecodeError."""
    path = folder / FILE
    return codec.from_json(path.read_bytes(), Server, str(path)).url if path.exists() else None


def write(folder: Path, url: str) -> None:
    """Say where the compartments lie."""
    whole.file(folder / FILE, codec.to_json(Server(url=url)))
