"""One runnable module per measured bar: `python -m bench NAME [--data DIR] [--json] [--quick]`."""

Figures = dict[str, float | int | str]
"""What a bench measured; the keys are those of its docstring."""


class MissingData(Exception):
    """The data this bench measures on is not there; give its folder with --data."""
