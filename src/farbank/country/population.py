"""The population of a pack: read from its folder, and laid over with a case's invented places."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from farbank.country.census import PLACE, Axis, Contacts, Figure, Marginal, PopulationData, Satellite, Table
from farbank.model.codec import convert, from_toml
from farbank.model.errors import DecodeError, FarbankError
from farbank.model.places import Place
from farbank.model.sizes import Basis
from farbank.model.text import Text

Counts = dict[tuple[str, ...], float]
_BASIS: Any = Basis


class PopulationDisagrees(FarbankError):
    """The figures of a population contradict each other; correct the one named."""


class _Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    axis: str
    file: str
    remainder: str
    basis: Basis


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    order: tuple[str, ...]
    axes: tuple[str, ...]
    tables: tuple[_Source, ...]
    zeros: tuple[dict[str, tuple[str, ...]], ...]
    satellites: tuple[Satellite, ...]
    source: str
    year: int
    contacts: Contacts | None = None


def load(folder: Path, gazetteer: Iterable[Place]) -> PopulationData:
    """Read `population.toml`, `nodes.csv`, `census.csv` and one table of figures per modelled axis.

    People per place are the gazetteer's. Raises DecodeError naming file and row, PopulationDisagrees.
    """
    file = folder / "population.toml"
    rules = from_toml(file.read_bytes(), _Rules, str(file))
    places = {place.id: place for place in gazetteer}
    place = _place_axis(places)
    axes = (place, *_axes(folder / "nodes.csv", rules.axes))
    kinds = {leaf: places[leaf].type for leaf in place.leaves}
    sizes = {leaf: places[leaf].population for leaf in place.leaves}
    people = Marginal(
        axes=(PLACE,),
        counts={(leaf,): size.mid if size else 0.0 for leaf, size in sizes.items()},
        basis={(leaf,): places[leaf].basis for leaf in place.leaves},
        source=rules.source,
        year=rules.year,
    )
    tables = tuple(
        Table(axis=t.axis, remainder=t.remainder, basis=t.basis, figures=_figures(folder / t.file))
        for t in rules.tables
    )
    modelled = {table.axis for table in tables}
    counted = [_counted(folder / "census.csv", axis) for axis in axes[1:] if axis.id not in modelled]
    return PopulationData(
        axes=axes,
        marginals=(people, *counted, *_two_way(tables, axes, people, kinds)),
        zeros=rules.zeros,
        satellites=tuple(
            msgspec.structs.replace(s, weights={leaf: s.share(places[leaf].km_to_border) for leaf in place.leaves})
            for s in rules.satellites
        ),
        order=rules.order,
        contacts=rules.contacts,
        tables=tables,
        kinds=kinds,
    )


def overlay(data: PopulationData, places: Iterable[Place]) -> PopulationData:
    """The population with invented places, whose people come out of their siblings within the same parent.

    The siblings whose own figures are only modelled give first, in proportion; where there are none, all do. A place
    invented inside a leaf counts as that leaf. Raises PopulationDisagrees if a place has no population, or more
    than its parent can give.
    """
    for place in places:
        data = _inserted(data, place)
    return data


def _inserted(data: PopulationData, place: Place) -> PopulationData:
    axis = data.axis(PLACE)
    names = axis.names | {place.id: place.names}
    if place.parent is None or place.parent in axis.leaves or place.parent not in axis.parents.values():
        around = place.parent or axis.root
        nested = msgspec.structs.replace(axis, parents=axis.parents | {place.id: around}, names=names)
        return msgspec.structs.replace(data, axes=(nested, *data.axes[1:]))
    people = data.marginals[0]
    counts = _give(people, place, [leaf for leaf in axis.leaves if place.parent in axis.upwards(leaf)])
    grown = Axis(
        id=PLACE,
        leaves=(*axis.leaves, place.id),
        parents=axis.parents | _above(place.id, place.type, place.parent, axis.root),
        names=names,
    )
    kinds = data.kinds | {place.id: place.type}
    people = msgspec.structs.replace(people, counts=counts, basis=people.basis | {(place.id,): "modelled"})
    axes = (grown, *data.axes[1:])
    one_way = [m for m in data.marginals[1:] if len(m.axes) == 1]
    return msgspec.structs.replace(
        data,
        axes=axes,
        marginals=(people, *one_way, *_two_way(data.tables, axes, people, kinds)),
        satellites=tuple(
            msgspec.structs.replace(s, weights=s.weights | {place.id: s.share(place.km_to_border)})
            for s in data.satellites
        ),
        kinds=kinds,
    )


def _give(people: Marginal, place: Place, siblings: list[str]) -> Counts:
    """Everybody's counts once the siblings have given the invented place its people."""
    if place.population is None or place.population.mid <= 0:
        raise PopulationDisagrees(f"{place.id}: an invented place needs a population (low, mid, high)")
    modelled = [leaf for leaf in siblings if people.basis[leaf,] == "modelled"]
    for givers in (modelled, siblings):
        held = sum(people.counts[leaf,] for leaf in givers)
        if held > place.population.mid:
            rest = 1 - place.population.mid / held
            given = {(leaf,): people.counts[leaf,] * rest for leaf in givers}
            return people.counts | given | {(place.id,): place.population.mid}
    raise PopulationDisagrees(f"{place.id}: {place.parent} has fewer people than {place.population.mid:,.0f} to give")


def _place_axis(places: Mapping[str, Place]) -> Axis:
    """Level 2 and everything of level 1 without children are leaves; a type node stands between unit and province."""
    root = next(place.id for place in places.values() if place.parent is None)
    divided = {place.parent for place in places.values() if place.level == 2}
    leaves = [p for p in places.values() if p.level == 2 or (p.level == 1 and p.id not in divided)]
    parents: dict[str, str] = {}
    for leaf in leaves:
        parents |= _above(leaf.id, leaf.type, leaf.parent or root, root)
    names = {id: place.names for id, place in places.items() if id in parents or id == root}
    return Axis(id=PLACE, leaves=tuple(leaf.id for leaf in leaves), parents=parents, names=names)


def _above(leaf: str, kind: str, parent: str, root: str) -> dict[str, str]:
    """The way up from a leaf: through the type node of its province, unless it lies directly in the country."""
    if parent == root:
        return {leaf: root}
    return {leaf: f"{parent}/{kind}", f"{parent}/{kind}": parent, parent: root}


def _two_way(
    tables: Iterable[Table], axes: tuple[Axis, ...], people: Marginal, kinds: Mapping[str, str]
) -> tuple[Marginal, ...]:
    made: list[Marginal] = []
    known = {axis.id: axis for axis in axes}
    for table in tables:
        made.append(_filled(table, known, people, kinds, made))
    return tuple(made)


def _filled(
    table: Table, axes: Mapping[str, Axis], people: Marginal, kinds: Mapping[str, str], before: list[Marginal]
) -> Marginal:
    """One table of people per place and leaf; whoever the figures leave over stands on the remainder."""
    place = axes[PLACE]
    here = {leaf: people.counts[leaf,] for leaf in place.leaves}
    left, counts = dict(here), Counts()
    for figure in table.figures:
        where = {leaf: n for leaf, n in here.items() if {kinds[leaf], *place.upwards(leaf)} & set(figure.at)}
        shared = _held(figure, axes, before) if figure.per == "node" else _shared(figure, where, place)
        for leaf, count in shared.items():
            counts[leaf, figure.node] = counts.get((leaf, figure.node), 0.0) + count
            left[leaf] -= count
    for leaf, count in left.items():
        if count < 0:
            raise PopulationDisagrees(f"{table.axis}: the figures put more people in {leaf} than live there")
        counts[leaf, table.remainder] = count
    basis: dict[str, Basis] = {figure.node: figure.basis for figure in table.figures} | {table.remainder: table.basis}
    return Marginal(
        axes=(PLACE, table.axis),
        counts=counts,
        basis={key: basis[key[1]] for key in counts},
        source="; ".join(f"{figure.node}: {figure.source}" for figure in table.figures),
        year=people.year,
    )


def _shared(figure: Figure, where: Mapping[str, float], place: Axis) -> dict[str, float]:
    """A figure as people per place leaf."""
    if figure.per == "unit":
        return _per_unit(figure.people.mid, where, place)
    if figure.per == "capita":
        return {leaf: figure.people.mid * count for leaf, count in where.items()}
    level = -1 if figure.per == "nation" else -2
    around = {leaf: place.upwards(leaf)[level] for leaf in where}
    total = {top: sum(where[leaf] for leaf in where if around[leaf] == top) for top in around.values()}
    return {leaf: figure.people.mid * count / total[around[leaf]] for leaf, count in where.items()}


def _per_unit(each: float, where: Mapping[str, float], place: Axis) -> dict[str, float]:
    """So many people in each unit; an invented one takes its share from the units around it, for it stands for one."""
    found: dict[str, float] = {}
    for top in {place.upwards(leaf)[-2] for leaf in where}:
        here = {leaf: count for leaf, count in where.items() if place.upwards(leaf)[-2] == top}
        real = [leaf for leaf in here if not leaf.startswith("case:")]
        made = sum(count for leaf, count in here.items() if leaf not in real) / sum(here.values())
        people = each * len(real)
        found |= {leaf: people * count / sum(here.values()) for leaf, count in here.items() if leaf not in real}
        found |= dict.fromkeys(real, each * (1 - made))
    return found


def _held(figure: Figure, axes: Mapping[str, Axis], before: list[Marginal]) -> dict[str, float]:
    """As many per place as hold a leaf under the nodes named, on the tables made before."""
    held: dict[str, float] = {}
    for marginal in before:
        for (leaf, node), count in marginal.counts.items():
            if set(axes[marginal.axes[1]].upwards(node)) & set(figure.at):
                held[leaf] = held.get(leaf, 0.0) + count
    return held


def _axes(file: Path, wanted: Iterable[str]) -> Iterator[Axis]:
    rows = list(_rows(file))
    for id in wanted:
        mine = [row for row in rows if row["axis"] == id]
        parents = {row["node"]: row["parent"] for row in mine if row["parent"]}
        names: dict[str, Text] = {
            row["node"]: {k: v for k, v in row.items() if k not in ("axis", "node", "parent")} for row in mine
        }
        inner = set(parents.values())
        yield Axis(id=id, leaves=tuple(r["node"] for r in mine if r["node"] not in inner), parents=parents, names=names)


def _counted(file: Path, axis: Axis) -> Marginal:
    """The counts of `census.csv` for one axis. Raises PopulationDisagrees if they are not those of its leaves."""
    rows = [row for row in _rows(file) if row["axis"] == axis.id]
    if tuple(row["node"] for row in rows) != axis.leaves:
        raise PopulationDisagrees(f"{file.name}: expected one row for each of {', '.join(axis.leaves)}, in that order")
    return Marginal(
        axes=(axis.id,),
        counts={(row["node"],): float(row["people"]) for row in rows},
        basis={(row["node"],): convert(row["basis"], _BASIS, str(file)) for row in rows},
        source="; ".join(dict.fromkeys(row["source"] for row in rows)),
        year=int(rows[0]["year"]),
    )


def _figures(file: Path) -> tuple[Figure, ...]:
    """The rows of a table of figures: node, low, mid, high, per, at (parted by `|`), basis, source."""
    found = []
    for number, row in enumerate(_rows(file), 2):
        try:
            people = {column: float(row[column] or 0) for column in ("low", "mid", "high")}
        except ValueError as error:
            raise DecodeError(str(file), f"row {number}", str(error)) from None
        fields = {"node": row["node"], "people": people, "per": row["per"], "at": tuple(row["at"].split("|"))}
        found.append(convert(fields | {"basis": row["basis"], "source": row["source"]}, Figure, f"{file} row {number}"))
    return tuple(found)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    try:
        yield from csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise DecodeError(str(file), "", str(error)) from None
