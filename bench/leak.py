"""Attributes a text leaks though it does not say them: how many a desk is warned of, and how often for nothing.

Measured on replies of invented persons, each of which hides one of eight attributes (attr-inference-synthetic; `--data`
takes a folder with `dev.jsonl.gz`, `test.jsonl.gz` or both). `recall` is the share whose hidden attribute is among the
flagged, `flags_per_text` how many of the eight are flagged on average. Plain keys are of dev, or of test if dev is
absent; `test_…` where both are there. `attributes` and `hardness` say where recall is lost.

The weights were fitted to dev, so dev is judged person by person, with weights fitted to all the others; test is judged
with the shipped weights. The cues were written before any reply was read, but for gaps that about half of the persons
showed: `recall_read` is of them, `recall_unread` of the others. `recall_fitted` is what the shipped weights, which have
seen dev, make of it: a measure of nothing but how far they bend.

`false_alarm` is the share of `neutral` texts (bench/known/neutral.txt: replies and news written before anything was
measured, none of which gives one of the eight away) in which anything is flagged, with the shipped weights. None was
fitted to, but the thresholds were chosen with this figure in view. It matters because what nobody wrote down is what an
editor overlooks, and because a warning in every text is read in none. Held against recall 0.73 (what GPT-4 guesses
right at the first attempt), two flags a text, and false alarms in one text of ten.

Beside us, at the same budget: `peer_majority`, the two attributes most often hidden in the other replies; and
`peer_words`, a logistic regression on the words of the text instead of cues, fitted to the same texts in the same way,
of which the two likeliest are flagged in every text.

`told_recall` is measured on sentences that tell of somebody else (bench/known/told_telling.tsv, five an attribute,
written before the reader was tried on any of them), each read by itself; `told_passage_recall` reads the five of an
attribute as one text. `told_false_alarm` is the share of sentences of news in the third person that give nobody away
(bench/known/told_neutral.txt) in which anything is flagged.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from bench import Figures, MissingData, Report, Row
from bench import _leak_fit as fitting
from bench._leak_fit import Present, Reply
from farbank.protect.detect.hints import ATTRIBUTES, Attribute, flagged, hints, weigh
from farbank.protect.detect.hints.english import words
from farbank.protect.detect.hints.lexicon import entries
from farbank.protect.detect.hints.match import find

DATA = "benchmarks/attr-inference-synthetic"
KNOWN = Path(__file__).parent / "known"
NEUTRAL = KNOWN / "neutral.txt"
READ = 8
"""Of how many open persons the replies were read for gaps in the lexicon, drawn with seed 7 from the sorted persons."""

Flags = Sequence[frozenset[Attribute]]
Judge = Callable[[str], frozenset[Attribute]]


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `data` is the folder of the replies. Peers are left out if quick. Raises MissingData."""
    parts = [part for part in ("dev", "test") if (data / f"{part}.jsonl.gz").is_file()]
    if not parts:
        raise MissingData(f"{data} has neither dev.jsonl.gz nor test.jsonl.gz; give a folder that has with --data")
    replies = {part: fitting.replies(data / f"{part}.jsonl.gz") for part in parts}
    texts = NEUTRAL.read_text("utf-8").splitlines()
    report: dict[str, float | int | str | Row | Sequence[Row]] = {"split": parts[0]}
    for part in parts:
        flags = _left_out(replies[part], _cues) if part == "dev" else [flagged(one.text) for one in replies[part]]
        told = _figures(replies[part], flags)
        if part == "dev":
            told |= _halves(replies[part], flags)
        if part == "dev" and not quick:
            told |= _peers(replies[part])
        report |= told if part == parts[0] else {f"test_{key}": value for key, value in told.items()}
        tables = {
            "attributes": _rows(replies[part], flags, "leaks"),
            "hardness": _rows(replies[part], flags, "hardness"),
        }
        report |= tables if part == parts[0] else {f"test_{key}": value for key, value in tables.items()}
    alarmed = [bool(flagged(text)) for text in texts]
    return {
        **report,
        "neutral": len(texts),
        "false_alarm": round(sum(alarmed) / len(texts), 4),
        "cue_phrases": len(entries("en")),
        "cue_phrases_ko": len(entries("ko")),
        **_told(),
        "ms_per_100_words": _speed([one.text for one in replies[parts[0]]]),
    }


def _figures(replies: Sequence[Reply], flags: Flags) -> Figures:
    return {
        "n": len(replies),
        "persons": len({reply.person for reply in replies}),
        "recall": _recall(replies, flags),
        "flags_per_text": round(sum(map(len, flags)) / len(replies), 3),
    }


def _recall(replies: Sequence[Reply], flags: Flags) -> float:
    return round(sum(reply.leaks in flag for reply, flag in zip(replies, flags, strict=True)) / len(replies), 4)


def _halves(replies: Sequence[Reply], flags: Flags) -> Figures:
    """Recall on the persons whose replies were read for gaps, on the others, and of weights that have seen them."""
    persons = sorted({reply.person for reply in replies})
    read = {persons[at] for at in Random(7).sample(range(len(persons)), min(READ, len(persons)))}
    told: Figures = {"recall_fitted": _recall(replies, [flagged(reply.text) for reply in replies])}
    for key, wanted in (("recall_read", True), ("recall_unread", False)):
        half = [(reply, flag) for reply, flag in zip(replies, flags, strict=True) if (reply.person in read) is wanted]
        if half:
            told[key] = _recall([reply for reply, _ in half], [flag for _, flag in half])
    return told


def _rows(replies: Sequence[Reply], flags: Flags, by: str) -> list[Row]:
    counts = Counter(getattr(reply, by) for reply in replies)
    found = Counter(getattr(reply, by) for reply, flag in zip(replies, flags, strict=True) if reply.leaks in flag)
    return [
        {by: value, "n": counts[value], "recall": round(found[value] / counts[value], 4)} for value in sorted(counts)
    ]


def _cues(weights: weigh.Weights) -> Judge:
    return lambda text: weigh.choose(text, find(text), weights)


def _left_out(
    replies: Sequence[Reply],
    judge: Callable[[weigh.Weights], Judge],
    present: Callable[[str], Present] = fitting.present,
    prior: weigh.Weights | None = None,
) -> list[frozenset[Attribute]]:
    """The flags of each reply by weights fitted to the replies of all other persons."""
    rows, nothing = [present(reply.text) for reply in replies], [present(text) for text in fitting.neutral()]
    flags: dict[int, frozenset[Attribute]] = {}
    for person in sorted({reply.person for reply in replies}):
        others = [at for at, reply in enumerate(replies) if reply.person != person]
        answers = [ATTRIBUTES.index(replies[at].leaks) for at in others] + [len(ATTRIBUTES)] * len(nothing)
        weights = fitting.fit(
            [*(rows[at] for at in others), *nothing], answers, fitting.prior() if prior is None else prior
        )
        judged = judge(weights)
        flags |= {at: judged(reply.text) for at, reply in enumerate(replies) if reply.person == person}
    return [flags[at] for at in range(len(replies))]


def _peers(replies: Sequence[Reply]) -> Figures:
    worded = _left_out(replies, _words, _bag, {})
    return {
        "peer_majority_recall": _recall(replies, _majority(replies)),
        "peer_majority_flags": 2.0,
        "peer_words_recall": _recall(replies, worded),
        "peer_words_flags": round(sum(map(len, worded)) / len(replies), 3),
    }


def _majority(replies: Sequence[Reply]) -> Flags:
    flags = []
    for reply in replies:
        others = Counter(other.leaks for other in replies if other.person != reply.person)
        flags.append(frozenset(attribute for attribute, _ in others.most_common(2)))
    return flags


def _bag(text: str) -> Present:
    return {word.stem: 1.0 for word in words(text)}


def _words(weights: weigh.Weights) -> Judge:
    """Flags the two likeliest, whatever the text."""

    def judge(text: str) -> frozenset[Attribute]:
        shares = weigh.chances(_bag(text), weights).shares
        return frozenset(sorted(ATTRIBUTES, key=lambda name: -shares[name])[:2])

    return judge


def _told() -> Figures:
    """How the reader does on sentences that tell of somebody else."""
    lines = (KNOWN / "told_telling.tsv").read_text("utf-8").splitlines()
    telling = [(attribute, sentence) for attribute, _, sentence in (line.partition("\t") for line in lines)]
    passages = {
        attribute: " ".join(sentence for of, sentence in telling if of == attribute) for attribute in ATTRIBUTES
    }
    neutral = (KNOWN / "told_neutral.txt").read_text("utf-8").splitlines()
    return {
        "told": len(telling),
        "told_recall": round(sum(of in flagged(sentence) for of, sentence in telling) / len(telling), 4),
        "told_passage_recall": round(sum(of in flagged(text) for of, text in passages.items()) / len(passages), 4),
        "told_neutral": len(neutral),
        "told_false_alarm": round(sum(bool(flagged(sentence)) for sentence in neutral) / len(neutral), 4),
    }


def _speed(texts: Sequence[str]) -> float:
    """Milliseconds of one core to find the hints of a hundred words, the lexicon being read."""
    start = time.process_time()
    for text in texts:
        hints(text)
    return round((time.process_time() - start) * 1e5 / sum(len(text.split()) for text in texts), 3)
