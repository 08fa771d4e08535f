"""Figures as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from bench import Report, Row


def figures(report: Report) -> list[tuple[str, str]]:
    """Each plain figure, as key and text, in order."""
    return [(key, shown(value)) for key, value in report.items() if isinstance(value, float | int | str | None)]


def tables(report: Report) -> list[tuple[str, list[list[str]]]]:
    """Each figure that is a table, as key and lines of text, the heading first; a single row is a table of one."""
    found: list[tuple[str, list[list[str]]]] = []
    for key, value in report.items():
        if not isinstance(value, float | int | str | None):
            rows: Sequence[Row] = [value] if isinstance(value, dict) else value
            names = list(dict.fromkeys(name for row in rows for name in row))
            found.append((key, [names, *([shown(row.get(name)) for name in names] for row in rows)]))
    return found


def shown(value: float | int | str | list[int] | None) -> str:
    """A figure as text: thousands apart, six places at most; a list as its parts between hyphens, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return "-".join(map(str, value))
    return value if isinstance(value, str) else f"{round(value, 6):,}"
