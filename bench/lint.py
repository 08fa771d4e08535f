"""The lint of stories: whether it stops what editors slip into, whether it lets clean prose be, and how fast it is.

Measured on an invented case and a clean story of it, into which one slip at a time is put (`_slips.py`): ten a rule of
the wordings the rules were tuned on, ten of the half kept from tuning. A slip counts as found where its own rule names
its own line. **The slips and the rules are one hand's work**, so recall says that the rules do what they say, not how
much of a stranger's copy would get past them; and a rule that asks the case (findings, searches, amounts) finds what it
is after however it is worded. Clean prose is that story, by the same hand, and the two examples in English and Korean;
what an example is declared to be told (`[lint]` of its `expected.toml`) is no alarm. Of Japanese and Chinese nothing is
measured here.

The keys that end in `other_hand` are of slips and clean prose that another hand wrote from the one-line descriptions of
the rules in docs/method/lint.md and the case, before it had read a rule or a list. They are nearer to a stranger's
copy, and not held to anything. They were independent once: docs/method/lint.md has that first figure, and what is
printed here is of rules mended since with these misses in view.

Time is that of what an editor waits for: story parsed, everybody's exposure, the prose read, all rules, on the June
order's paragraphs repeated to 2,000 words, in English. No page is drawn, no picture opened, no byte gate passed: those
are `story check`'s. `ms`: one sentence differs from the time before, as one types. `counted_ms`: exposures are counted
anew, as when a source is added. Held to 0.95, to 1 per 1,000 words and to 200 ms.

Keys: recall (of the half kept), tuned_recall, slips (of both), rules, false_alarms_per_1000_words, clean_words,
recall_other_hand, slips_other_hand, recall_other_hand_later (58 slips in the rules that were mended, written once they
were), false_per_1000_other_hand, words_other_hand, ms, cpu_ms (the mean of what `ms`
spent on the processor, where a machine is shared), counted_ms, first_ms (nothing read before), words.
"""

from __future__ import annotations

import dataclasses
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import msgspec

from bench import Report, _clock, _slip_case, _slips
from farbank.desk.check_case import file_folder
from farbank.desk.check_prose import check_prose
from farbank.desk.drafts import drafts_of
from farbank.desk.establish import establish
from farbank.desk.examples import example
from farbank.desk.file_case import Filed
from farbank.desk.lint_story import lint_story
from farbank.model.story import Draft, Lint
from farbank.publish import lint
from farbank.publish.parse import parse

DATA = "."
SEED = 1
WORDS = 2_000
FILE = "story.en.md"


def run(data: Path, *, quick: bool = False) -> Report:
    """Measure; `data` is not used, `quick` repeats less often."""
    context = _slip_case.context()
    found = {kept: _found(_slips.slips(SEED, kept=kept), context) for kept in (False, True)}
    other = _found(_slips.other_hand(), context)
    alarms, words = _alarms(context)
    other_alarms, other_words = _alarms_of(_slips.clean_other_hand(), context)
    return {
        "recall": _share(found[True]),
        "tuned_recall": _share(found[False]),
        "slips": len(found[True]) + len(found[False]),
        "rules": len(_slips.dealt(kept=True)) + 1,
        "false_alarms_per_1000_words": round(1000 * alarms / words, 2),
        "clean_words": words,
        "recall_other_hand": _share(other),
        "slips_other_hand": len(other),
        "recall_other_hand_later": _share(_found(_slips.other_hand(later=True), context)),
        "false_per_1000_other_hand": round(1000 * other_alarms / other_words, 2),
        "words_other_hand": other_words,
        **_times(3 if quick else 9),
    }


def _found(slips: Iterable[_slips.Slip], context: lint.LintContext) -> list[bool]:
    return [
        any((item.rule, item.line) == (slip.rule, slip.line) for item in lint.check(_draft(slip.story), context))
        for slip in slips
    ]


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 4)


def _draft(story: str) -> Draft:
    return parse(story, FILE, "en")


def _alarms(context: lint.LintContext) -> tuple[int, int]:
    """What the rules say of clean prose, and how many words of it there are."""
    alarms, words = _alarms_of(_slips.clean(), context)
    for name in ("june-order", "flood-2024"):
        filed = file_folder(example(name))
        drafts = drafts_of(filed.case)
        items = lint_story(filed, establish(filed), drafts, {}, {})
        declared = tomllib.loads((example(name) / "expected.toml").read_text("utf-8")).get("lint", {})
        alarms += sum(_undeclared([item for item in items if item.file == d.file], declared) for d in drafts.values())
        words += sum(map(_words, drafts.values()))
    return alarms, words


def _alarms_of(text: str, context: lint.LintContext) -> tuple[int, int]:
    """What the rules say of a clean story of the invented case, and how many words it has."""
    story = _draft(text)
    return len(lint.check(story, context)), _words(story)


def _undeclared(items: Iterable[Lint], declared: dict[str, int]) -> int:
    said = Counter(item.rule for item in items)
    return sum(max(0, number - declared.get(rule, 0)) for rule, number in said.items())


def _words(draft: Draft) -> int:
    return sum(len(sentence.text.split()) for sentence in draft.sentences)


def _times(runs: int) -> dict[str, float]:
    filed = file_folder(example("june-order"))
    story, words = _long(filed.case.stories["en"])
    established = establish(filed)
    versions = (_with(filed, f"{story}\nThe order names no day on which it is due, the {n}th account says. [@order]\n")
                for n in count(4))  # fmt: skip
    started = time.perf_counter()
    before = check_prose(_with(filed, story), established)
    first = time.perf_counter() - started
    spent = time.process_time()
    typed = _clock.median(lambda: check_prose(next(versions), established, before), runs)
    spent = (time.process_time() - spent) / (runs + 1)
    counted = _clock.median(lambda: check_prose(next(versions), established), runs)
    ms = {"ms": typed, "cpu_ms": spent, "counted_ms": counted, "first_ms": first}
    return {**{key: round(1000 * seconds, 1) for key, seconds in ms.items()}, "words": words}


def _with(filed: Filed, story: str) -> Filed:
    """The same filed case with another English story, and no other version."""
    case = msgspec.structs.replace(filed.case, stories={"en": story}, languages=("en",))
    return dataclasses.replace(filed, case=case)


def _long(story: str) -> tuple[str, int]:
    """The story with its paragraphs repeated to so many words."""
    front, _, body = story.partition("\n---\n\n")
    taken: list[str] = []
    words = 0
    for paragraph in _again([each for each in body.split("\n\n") if not each.startswith("![")]):
        if words >= WORDS:
            break
        taken.append(paragraph)
        words += len(re.sub(r"\[@[^\]]*\]", "", paragraph).split())
    return f"{front}\n---\n\n" + "\n\n".join(taken) + "\n", words


def _again(paragraphs: list[str]) -> Iterator[str]:
    while True:
        yield from paragraphs
