"""What somebody is: a rank or office, a trade, and the work a verb says they do."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from farbank.country.tells import Tell, compiled
from farbank.model.detections import Detection, Sort
from farbank.protect.detect.frame import described, done_by
from farbank.protect.detect.prose import Prose, counting, may_fit, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every rank and occupation of one person; sure where the sentence shows that it is somebody behind the story.

    What is said of several or of nobody in particular (“each cadre”, “officials”) is passed over, and so is a noun that
    may be no trade at all, unless the sentence shows whom it describes.
    """
    yield from _nouns(prose, prose.tongue.rank, "rank")
    yield from _nouns(prose, prose.tongue.occupation, "occupation")
    for found in (*told(prose, prose.tongue.post, "rank"), *told(prose, prose.tongue.trade, "occupation")):
        of = done_by(prose, found.start, found.end)
        if of != "general":
            yield msgspec.structs.replace(found, sure=found.sure and of == "person")


def _nouns(prose: Prose, tells: tuple[Tell, ...], sort: Sort) -> Iterator[Detection]:
    plural = prose.tongue.plural
    for tell in counting(prose, tells):
        for form in may_fit(prose, tell):
            bounded = form.endswith(r"\b")
            noun = f"(?:{form[:-2] if bounded else form})" + (
                f"(?P<several>{plural})?" if plural else "(?P<several>(?!))?"
            )
            for found in compiled(prose.tongue, noun + (r"\b" if bounded else "")).finditer(prose.text):
                of = described(prose, found.start(), found.end(), several=found["several"] is not None)
                if of != "general" and not (tell.wide and of == "unknown"):
                    yield Detection(
                        start=found.start(),
                        end=found.end(),
                        sort=sort,
                        sure=tell.sure and of != "unknown",
                        reading=prose.parts.tells.node(tell.reading),
                    )
