"""What asks those who reprint the desk to take a story out: one message a language, without a word of the story."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from farbank import vault, whole
from farbank.desk.editions import EDITION, files_of
from farbank.desk.standing import standing
from farbank.desk.write_edition import write_edition
from farbank.model import codec
from farbank.model.text import Slug
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.errors import StepRefused
from farbank.publish.render import ninjs
from farbank.publish.states import table


def cancel(opened: vault.Vault, story: Slug, folder: Path, now: datetime) -> tuple[str, ...]:
    """Write the ninjs messages that cancel a story, and return their names.

    Raises StepRefused unless readers had it and it was retracted or killed, FolderInUse, NoSuchRecord.
    """
    at = standing(opened, story)
    if at.newest is None:
        raise StepRefused(f"{story}: no reader has had it; there is nothing to cancel")
    if (state := at.items[at.newest].state) not in table().over:
        raise StepRefused(f"{at.newest} is {state}: only what was retracted or killed is cancelled")
    if at.newest not in opened.ids("content", EDITION):
        raise StepRefused(f"{at.newest} was released before editions were kept; write to those who reprint it by hand")
    edition = codec.from_json(files_of(opened, at.newest)[PUBLIC], Edition, PUBLIC)
    on = now.astimezone(UTC).date()  # the day where the desk is would tell where that is
    files = {
        f"{tag}.ninjs.json": codec.to_json(ninjs.message(edition, tag, "canceled", on)) for tag in edition.languages
    }
    whole.assert_free(folder)
    write_edition(files, folder, datetime.combine(on, time(), UTC))
    opened.note("story cancelled", about=story)
    return tuple(files)
