"""Who is under whom, and who can order whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from farbank.model.errors import MissingReference
from farbank.model.text import Text


class Institution(msgspec.Struct, frozen=True, kw_only=True):
    """A body of the state or party as a kind (“a provincial party committee”), not one particular office.

    `orders` are the bodies it instructs directly; `level` is the place level it works at.
    """

    id: str
    parent: str | None = None
    names: Text
    orders: tuple[str, ...] = ()
    level: int = 0


class Institutions:
    """The bodies of a country as a tree, and the paths orders take. Raises MissingReference for a dangling id."""

    def __init__(self, nodes: Iterable[Institution]) -> None:
        self._nodes = {node.id: node for node in nodes}
        for node in self._nodes.values():
            for other in (node.parent, *node.orders):
                if other is not None:
                    self.node(other)

    def __iter__(self) -> Iterator[Institution]:
        return iter(self._nodes.values())

    def node(self, id: str) -> Institution:
        """The institution with that id. Raises MissingReference."""
        try:
            return self._nodes[id]
        except KeyError:
            raise MissingReference(f"no institution {id!r} in the country pack; see its institutions.toml") from None

    def ancestors(self, id: str) -> tuple[str, ...]:
        """The bodies it is part of, nearest first."""
        found: list[str] = []
        parent = self.node(id).parent
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.node(parent).parent
        return tuple(found)

    def can_order(self, a: str, b: str) -> bool:
        """Whether an order of `a` reaches `b`, directly or down the line."""
        seen: set[str] = set()
        ahead = list(self.node(a).orders)
        self.node(b)
        while ahead:
            here = ahead.pop()
            if here == b:
                return True
            if here not in seen:
                seen.add(here)
                ahead += self._nodes[here].orders
        return False
