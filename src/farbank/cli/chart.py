"""farbank chart: maps, timelines and counts of one story, as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.case import Archive
from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, PackFolder, filed_case

if TYPE_CHECKING:
    from farbank.model.drawings import Shows

app = typer.Typer(name="chart", help="Draw a story: map, timeline, orders, promises, counts.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The SVG file to write.")]
Tabled = Annotated[bool, typer.Option("--table", help="Print all that it says as a table, too.")]
DeskView = Annotated[
    bool, typer.Option("--desk-view", help="All that is filed, gaps and counts too, instead of what readers may see.")
]


def _command(shows: Shows, what: str) -> None:
    def chart(
        case: CaseSource,
        out: Out,
        tabled: Tabled = False,
        desk_view: DeskView = False,
        archive: Archive = None,
        pack: PackFolder = None,
        desk: DeskFolder = None,
        person: Person = None,
        json: Json = False,
    ) -> None:
        from farbank.desk.draw import draw

        drawing = draw(filed_case(case, pack, desk, person), shows, out, desk_view=desk_view, archive=archive)
        told = drawing.table
        if json:
            as_json({"file": str(out), "language": drawing.language, "desk_view": desk_view, "table": told})
            return
        if tabled:
            table(told.caption, told.heads, told.rows, wrap=told.heads[min(1, len(told.heads) - 1)])
            if told.note:
                sentence(told.note)
        sentence(f"{out}: {told.caption}. {'For the desk alone.' if desk_view else 'No more than readers may see.'}")

    app.command(shows, help=what)(chart)


_command("map", "Draw the areas a story is told from; with --desk-view, why nothing is told from the others.")
_command("timeline", "Draw the events of a story on one line, each as exact as its date is known.")
_command("path", "Draw how its orders came down: for readers to the area, with --desk-view hop by hop.")
_command("promises", "Draw what was promised, month by month, with a circle that closes when it is kept or broken.")
_command("themes", "Draw how many reports came in by area and theme; needs --desk-view.")
_command("attention", "Draw how often state media spoke of it by month; with --desk-view, partners' reports beside it.")
