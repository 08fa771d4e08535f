"""Learn the weights of `farbank.protect.detect.tagger`: python scripts/train_tagger.py --data ../shared/data/benchmarks

Writes one file a language beside the tagger: English from the training split of the TAB subset, French and Spanish from
the training part of the ECHR texts, Korean from half A of KLUE-NER. With `--thresholds` nothing is written: it prints,
per language, what each threshold finds and flags too much, cross-validated, for `THRESHOLDS` in `weights.py`.
The same data gives the same bytes.
"""

from __future__ import annotations

import argparse
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import _masks, _tagged
from bench._masks import Document
from bench._tagger_training import RECIPES, crossed, learn
from farbank.protect.detect.tagger.spans import consistent, joined

OUT = Path(__file__).parent.parent / "src" / "farbank" / "protect" / "detect" / "tagger"
FOLDS = 4
TRIED = (0.2, 0.1, 0.05, 0.04, 0.03, 0.025, 0.02, 0.015, 0.01, 0.008, 0.006, 0.004)


def main() -> None:
    """Learn and write, or try thresholds."""
    parser = argparse.ArgumentParser(description="Learn the weights of the tagger.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds tab-subset, echr-fr-es and klue")
    parser.add_argument("--thresholds", action="store_true", help="cross-validate thresholds and write nothing")
    parser.add_argument("--language", choices=sorted(RECIPES), action="append", help="these only")
    asked = parser.parse_args()
    for language, documents in training(asked.data).items():
        if asked.language and language not in asked.language:
            continue
        if asked.thresholds:
            thresholds(language, documents)
        else:
            packed = lzma.compress(learn(documents, RECIPES[language]), preset=9 | lzma.PRESET_EXTREME)
            (OUT / f"{language}.crf.xz").write_bytes(packed)
            print(f"{language}: {len(documents)} documents, {len(packed):,} bytes")


def training(data: Path) -> Mapping[str, Sequence[Document]]:
    """What each language is learned from."""
    return {
        "en": _tagged.tab(data / "tab-subset", "train"),
        "es": _tagged.echr(data / "echr-fr-es" / "ES-all-train.tsv.gz"),
        "fr": _tagged.echr(data / "echr-fr-es" / "FR-all-train.tsv.gz"),
        "ko": _tagged.klue(data / "klue" / "klue-ner-dev_A.tsv.gz"),
    }


def thresholds(language: str, documents: Sequence[Document]) -> None:
    """Print a line a threshold."""
    guessed = crossed(documents, RECIPES[language], FOLDS)
    print(f"{language}: threshold, direct, quasi, precision, share flagged")
    for threshold in TRIED:
        found = [
            _masks.shown(joined(document.text, consistent(one, threshold)))
            for document, one in zip(documents, guessed, strict=True)
        ]
        got = _masks.score(documents, found)
        print(f"{threshold} {got.direct:.3f} {got.quasi:.3f} {got.precision:.3f} {got.flagged:.3f}")


if __name__ == "__main__":
    main()
