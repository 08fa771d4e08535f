"""How long each class of record is kept, what is held back from burning, and what is due to be burned."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Annotated

import msgspec
from sqlalchemy import select

from farbank.model import codec
from farbank.vault.compartments import Compartment
from farbank.vault.errors import NoSuchRecord, UnderHold
from farbank.vault.schema import record
from farbank.vault.store import Address, Vault

HOLD = "hold"
_OWN: Address = ("content", "rule", "retention")


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where records of a class are, and how many days they are kept after they were last written; None is for ever."""

    compartment: Compartment
    kind: str
    days: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Why something may not be spiked or burned, who said so, and since when."""

    reason: str
    by: str
    since: date


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A record kept as long as its class is; `since` is the day that was reached, `held` why it stays all the same."""

    class_: str = msgspec.field(name="class")
    kind: str
    id: str
    since: date
    held: Hold | None = None


def rules(opened: Vault) -> dict[str, Rule]:
    """Every class and its rule: those that ship (`retention.toml`), with the days this desk has set itself."""
    shipped = codec.from_toml(files(__package__).joinpath("retention.toml").read_bytes(), dict[str, Rule], "retention")
    own = _own(opened)
    return {name: msgspec.structs.replace(rule, days=own.get(name, rule.days)) for name, rule in shipped.items()}


def set_days(opened: Vault, name: str, days: int | None) -> None:
    """Keep a class for so many days, None for ever. Raises NoSuchRecord for a class there is not, NotAssigned."""
    if name not in rules(opened):
        raise NoSuchRecord(f"there is no class {name}; there is {', '.join(rules(opened))}")
    with opened.transaction():
        opened.put(*_OWN, codec.to_json({**_own(opened), name: days}))
        opened.note("retention set", about=name, note="for ever" if days is None else f"{days} days")


def due(opened: Vault, today: date) -> tuple[Due, ...]:
    """What has been kept long enough, in the compartments this person holds, by class and id."""
    return tuple(
        each
        for name, rule in rules(opened).items()
        if rule.days is not None and rule.compartment in opened.compartments
        for each in _due(opened, name, rule, rule.days, today)
    )


def hold(opened: Vault, kind: str, id: str, reason: str, *, compartment: Compartment = "content") -> None:
    """Keep a case, all of a partner's, or one record from being spiked or burned. Raises NotAssigned."""
    made = Hold(reason=reason, by=opened.person, since=date.today())
    with opened.transaction():
        opened.put(compartment, HOLD, f"{kind}/{id}", made)
        opened.note("held", about=f"{kind}/{id}", note=reason)


def let_go(opened: Vault, kind: str, id: str, *, compartment: Compartment = "content") -> None:
    """Lift a hold. Raises NoSuchRecord."""
    with opened.transaction():
        opened.get(compartment, HOLD, f"{kind}/{id}")
        opened.delete(compartment, HOLD, f"{kind}/{id}")
        opened.note("hold lifted", about=f"{kind}/{id}")


def holds(opened: Vault, compartment: Compartment = "content") -> dict[str, Hold]:
    """Every hold in a compartment, by kind/id."""
    return {id: codec.from_json(body, Hold, f"hold {id}") for id, body in opened.all(compartment, HOLD).items()}


def held(opened: Vault, address: Address, scope: str) -> Hold | None:
    """The hold a record is under: its own, its case's, or its partner's."""
    compartment, kind, id = address
    where: Compartment = "payments" if compartment == "payments" else "content"
    if where not in opened.compartments:
        return None
    standing = holds(opened, where)
    return next((standing[name] for name in _names(kind, id, scope) if name in standing), None)


def assert_free(opened: Vault, address: Address, scope: str) -> None:
    """Raises UnderHold."""
    found = held(opened, address, scope)
    if found is not None:
        raise UnderHold(
            f"{address[1]} “{address[2]}” is held since {found.since} by {found.by}: {found.reason}; "
            "nothing was changed, lift the hold first if it is over"
        )


def _names(kind: str, id: str, scope: str) -> Iterator[str]:
    if kind == "spiked":
        kind, _, id = id.partition("/")
    yield f"{kind}/{id}"
    name, colon, case = kind.partition(":")
    if name == "identities":
        yield f"case/{id.partition('/')[0]}"
    elif colon or name == "forbidden":
        yield f"case/{case or id}"
    if scope.startswith("partner/"):
        yield scope


def _own(opened: Vault) -> dict[str, int | None]:
    compartment, kind, id = _OWN
    if compartment not in opened.compartments or id not in opened.ids(compartment, kind):
        return {}
    return codec.from_json(opened.get(*_OWN), dict[str, int | None], "retention")


def _due(opened: Vault, name: str, rule: Rule, days: int, today: date) -> Iterator[Due]:
    asked = select(record.c.id, record.c.scope, record.c.written).where(
        record.c.kind == rule.kind, record.c.gone.is_(None)
    )
    with opened.records(rule.compartment) as file:
        rows = sorted(file.execute(asked), key=lambda row: row.id)
    for row in rows:
        year, month = map(int, row.written.split("-"))
        since = date(year, month, monthrange(year, month)[1]) + timedelta(days=days)
        if since < today:
            standing = held(opened, (rule.compartment, rule.kind, row.id), row.scope)
            yield Due(class_=name, kind=rule.kind, id=row.id, since=since, held=standing)
