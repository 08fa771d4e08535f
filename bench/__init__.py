"""One runnable module per measured bar: `python -m bench NAME [--data DIR] [--json] [--quick]`."""

from collections.abc import Mapping, Sequence

Figures = dict[str, float | int | str]
"""What a bench measured; the keys are those of its docstring."""

Row = dict[str, float | int | str | list[int] | None]
"""One line of a table among the figures."""

Report = Mapping[str, float | int | str | Row | Sequence[Row] | None]
"""Figures, some of which may be a table: what `run` of a bench returns."""


class MissingData(Exception):
    """The data this bench measures on is not there; give its folder with --data."""
