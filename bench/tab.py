"""Finding what narrows down who is meant in running text: the tagger `protect.detect.tagger` where annotators masked.

Measured on a subset of the Text Anonymization Benchmark (court judgments; `--data` is its folder), with the shipped
weights, which know the training split only. Each of the splits `dev` and `test` that is there is scored: plain keys are
those of `dev`, or of `test` where there is no `dev`; `test_…` those of a `test` beside it. It matters because what is
not found here is printed.

`er_direct` is the share of entities that identify by themselves of which every mention is masked, `er_quasi` the same
of those that do so together, `er` of both. Only signs, that is neither letters nor digits, may stay open. An entity
must be masked if any of its mentions is so marked, and then all of them must. `precision` is the share of masked words
(runs of letters, digits and underscores) that stand in a mention to be masked; a word touched by a mask is masked.
`words_per_s` is on one core, loading left out; `klue_words_per_s` the same in Korean. `peers` are floors for the same
documents: everything masked; numbers and runs of capitalised words masked. `train_er_direct`, `train_er_quasi`,
`train_precision` are cross-validated over four folds of the training split, on which the threshold was chosen; not if
quick.

Beside the folder, where it is there: `klue_recall`, `klue_precision` and `klue_f1` on KLUE-NER half A in Korean,
cross-validated over five folds of sentences (one fold if quick; else `klue_recall_sd` and `klue_precision_sd` are the
standard deviations over the folds). Recall is by entity: all its letters and digits are flagged, whatever the sort.
Precision is the share of flagged syllables, letters and digits that stand in an entity. F1 is of these two.
`klue_exact_f1` asks for the same stretch and sort in what the tagger is sure of. Any other part of KLUE-NER is scored
with the shipped weights as `klue_test_…`. `fr_recall`, `fr_precision`, `es_…` count words on the dev part of the ECHR
texts.

Held against er_direct 1.00, er_quasi .92 and precision .60 together, and .90 at .70 for Korean; 1,000 words a second.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from statistics import stdev

from bench import Figures, MissingData, Report, Row, _masks, _tagged
from bench._masks import Document, Span
from bench._tagger_training import RECIPES, crossed, parts
from farbank.model.detections import Detection
from farbank.protect.detect.tagger import detect
from farbank.protect.detect.tagger.spans import consistent, joined
from farbank.protect.detect.tagger.weights import SORTS, THRESHOLDS, load

DATA = "benchmarks/tab-subset"
SPLITS = ("dev", "test")
FOLDS = 4
KLUE_FOLDS = 5
_FLOOR = re.compile(r"\d[\d./,:-]*|[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[ .’'-]{1,2}[^\W\d_a-zß-öø-ÿ][^\W\d_]*)*")

Found = Sequence[tuple[Detection, ...]]


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `data` is the folder of the court texts. Raises MissingData."""
    splits = {name: _tagged.tab(data, name) for name in SPLITS if (data / f"{name}.jsonl.gz").is_file()}
    if not splits:
        raise MissingData(f"{data} holds neither dev.jsonl.gz nor test.jsonl.gz; give the folder with --data.")
    first = next(iter(splits))
    report: dict[str, float | int | str | Row | Sequence[Row]] = {"split": first}
    for name, documents in splits.items():
        report |= _court(documents, "" if name == first else f"{name}_")
    if not quick and (data / "train.jsonl.gz").is_file():
        report |= _trained(_tagged.tab(data, "train"))
    report |= _korean(data.parent / "klue", quick)
    for language in ("fr", "es"):
        report |= _other(data.parent / "echr-fr-es" / f"{language.upper()}-all-dev.tsv.gz", language)
    return report | {"peers": _floors(splits[first])}


def _court(documents: Sequence[Document], prefix: str) -> Figures:
    found, speed = _timed(documents, "en")
    got = _masks.score(documents, [_masks.shown(one) for one in found])
    return {
        f"{prefix}docs": len(documents),
        f"{prefix}er_direct": round(got.direct, 4),
        f"{prefix}er_quasi": round(got.quasi, 4),
        f"{prefix}er": round(got.recall, 4),
        f"{prefix}precision": round(got.precision, 4),
        f"{prefix}flagged": round(got.flagged, 4),
        f"{prefix}words_per_s": speed,
    }


def _timed(documents: Sequence[Document], language: str) -> tuple[Found, int]:
    """What the shipped weights find, and how many words they read in a second of one core."""
    load(language)
    start = time.process_time()
    found = [detect(document.text, language) for document in documents]
    spent = time.process_time() - start
    return found, round(sum(len(document.text.split()) for document in documents) / spent)


def _trained(documents: Sequence[Document]) -> Figures:
    got = _masks.score(documents, [_masks.shown(one) for one in _crossed(documents, "en", FOLDS)])
    return {
        "train_er_direct": round(got.direct, 4),
        "train_er_quasi": round(got.quasi, 4),
        "train_precision": round(got.precision, 4),
    }


def _crossed(documents: Sequence[Document], language: str, folds: int, only: int | None = None) -> Found:
    """What weights find that were learned without the document; nothing in folds that were not tried."""
    return [
        joined(document.text, consistent(one, THRESHOLDS[language]))
        for document, one in zip(
            documents, crossed(documents, RECIPES[language], folds, only=only), strict=True
        )
    ]  # fmt: skip


def _korean(folder: Path, quick: bool) -> Figures:
    figures: Figures = {}
    for file in sorted(folder.glob("klue-ner-*.tsv.gz")):
        documents = _tagged.klue(file)
        if file.name == "klue-ner-dev_A.tsv.gz":
            guessed = crossed(documents, RECIPES["ko"], KLUE_FOLDS, only=1 if quick else None)
            found = [
                joined(document.text, consistent(one, THRESHOLDS["ko"]))
                for document, one in zip(documents, guessed, strict=True)
            ]
            folds = parts(len(documents), KLUE_FOLDS)[: 1 if quick else None]
            tried = list(chain.from_iterable(folds))
            figures |= _sentences([documents[one] for one in tried], [found[one] for one in tried], "klue")
            figures |= {} if quick else _spread(documents, found, folds)
            figures["klue_words_per_s"] = _timed(documents, "ko")[1]
        else:
            found = [detect(document.text, "ko") for document in documents]
            figures |= _sentences(documents, found, "klue_test")
    return figures


def _spread(documents: Sequence[Document], found: Found, folds: Sequence[Sequence[int]]) -> Figures:
    """How far the folds lie apart."""
    got = [
        _masks.score([documents[one] for one in fold], [_masks.shown(found[one]) for one in fold], word=_masks.LETTER)
        for fold in folds
    ]
    return {
        "klue_recall_sd": round(stdev(one.recall for one in got), 4),
        "klue_precision_sd": round(stdev(one.precision for one in got), 4),
    }


def _sentences(documents: Sequence[Document], found: Found, prefix: str) -> Figures:
    got = _masks.score(documents, [_masks.shown(one) for one in found], word=_masks.LETTER)
    return {
        f"{prefix}_sentences": len(documents),
        f"{prefix}_recall": round(got.recall, 4),
        f"{prefix}_precision": round(got.precision, 4),
        f"{prefix}_f1": round(_f1(got.recall, got.precision), 4),
        f"{prefix}_exact_f1": round(_exact(documents, found), 4),
    }


def _exact(documents: Sequence[Document], found: Found) -> float:
    right = told = asked = 0
    for document, spans in zip(documents, found, strict=True):
        gold = {(start, end, SORTS[kind]) for entity in document.entities for start, end, kind in entity.mentions}
        ours = {(one.start, one.end, one.sort) for one in spans if one.sure}
        right, told, asked = right + len(gold & ours), told + len(ours), asked + len(gold)
    return 2 * right / (told + asked) if told + asked else 0.0


def _f1(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _other(file: Path, language: str) -> Figures:
    if not file.is_file():
        return {}
    documents = _tagged.echr(file)
    recall, precision = _masks.by_word(documents, [_masks.shown(detect(one.text, language)) for one in documents])
    return {f"{language}_recall": round(recall, 4), f"{language}_precision": round(precision, 4)}


def _floors(documents: Sequence[Document]) -> list[Row]:
    everything: list[list[Span]] = [[(0, len(document.text))] for document in documents]
    pattern = [[match.span() for match in _FLOOR.finditer(document.text)] for document in documents]
    return [_floor("everything", documents, everything), _floor("numbers and capitals", documents, pattern)]


def _floor(name: str, documents: Sequence[Document], spans: Sequence[Sequence[Span]]) -> Row:
    got = _masks.score(documents, spans)
    shares = {"er_direct": got.direct, "er_quasi": got.quasi, "er": got.recall, "precision": got.precision}
    return {"floor": name} | dict(chain((key, round(share, 4)) for key, share in shares.items()))
