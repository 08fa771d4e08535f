"""The bench of ranking takes any folder laid out like CheckThat's, and never scores what it learned from."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import _tweets, retrieval
from farbank.model.errors import DecodeError

ROOT = Path(__file__).parent.parent.parent
CLAIMS = (
    ("The ferry to Ollen sank in a storm.", "Did the Ollen Ferry Sink?"),
    ("A mayor of Varn sold the town bell.", "Mayor Sold Bell"),
    ("Goats were trained to carry the mail in Sorim.", "Mail Goats of Sorim"),
    ("Bread is free on Tuesdays.", "Free Bread"),
    ("The moon was seen green over Varn.", "Green Moon"),
    ("A school of Sinyang taught in song.", "Singing School"),
)
TWEETS = (
    ("terrible storm, the ferry went down #OllenFerry https://t.co/x", 0),
    ("is it true the mayor sold our bell? @VarnToday", 1),
    ("mail by goat. in Sorim they do", 2),
    ("no bread for free this tuesday", 3),
    ("GREEN moon tonight pic.twitter.com/abc", 4),
    ("in Sinyang school lessons are sung", 5),
)


def folder(path: Path, splits: tuple[str, ...], *, packed: bool = True) -> Path:
    """Six claims and as many tweets in each of `splits`."""

    def write(file: Path, text: str) -> None:
        file.parent.mkdir(exist_ok=True)
        if packed:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(text.encode()))
        else:
            file.write_text(text, "utf-8")

    claims = "".join(f"{n}\t{body}\t{title}\n" for n, (body, title) in enumerate(CLAIMS))
    write(path / "verified_claims.docs.tsv", f"\tvclaim\ttitle\n{claims}")
    for split in splits:
        tweets = "".join(f"{n + 40}\t{tweet}\n" for n, (tweet, _) in enumerate(TWEETS))
        write(path / split / "tweets.queries.tsv", f"\ttweet_content\n{tweets}99\tabout nothing\n")
        pairs = "".join(f"{n + 40}\t0\t{claim}\t1\n" for n, (_, claim) in enumerate(TWEETS))
        (path / split / "tweet-vclaim-pairs.qrels").write_text(pairs)
    return path


def bench(data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", "retrieval", "--quick", "--data", str(data)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_every_split_found_is_measured(tmp_path: Path) -> None:
    done = bench(folder(tmp_path, ("train", "dev")))
    figures = json.loads(done.stdout.splitlines()[-1])
    assert "test" not in figures and figures["texts"] == 6
    for split in ("train", "dev"):
        found = figures[split]
        assert found["queries"] == 6
        assert 0.5 < found["map1"] <= found["map3"] <= found["map5"] <= 1
        assert ("peer_bm25s_map5" in found) == (ROOT / ".venv-peers" / "bin" / "python").is_file()


def test_without_a_training_split_nothing_is_learned(tmp_path: Path) -> None:
    report = retrieval.run(folder(tmp_path, ("test",), packed=False), quick=False)
    found = report["test"]
    assert isinstance(found, dict) and found["map5"] == found["plain_map5"]
    assert report["weights"] == dict(retrieval.PLAIN)


def test_tweets_of_one_claim_are_never_learned_from_and_scored_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[set[int]] = []
    fit = retrieval._fitted

    def watched(cases: list[retrieval.Case]) -> retrieval.Weights:
        learned.append({place for case in cases for place in case.query.right})
        return fit(cases)

    monkeypatch.setattr(retrieval, "_fitted", watched)
    retrieval.run(folder(tmp_path, ("train",)), quick=True)
    everything, *folds = learned
    assert everything == set(range(6)) and len(folds) == retrieval.FOLDS
    left_out = [everything - fold for fold in folds]
    assert sorted(place for fold in left_out for place in fold) == sorted(everything)


def test_a_tweet_is_cleaned_of_what_is_the_networks() -> None:
    query = _tweets.Query(
        "See @VarnToday on #MailGoats2020.pic.twitter.com/x https://t.co/y — Ilo (@ilo_k)", frozenset()
    )
    assert query.claim == "See Varn Today on Mail Goats2020 . — Ilo ( ilo k )"


@pytest.mark.parametrize(
    ("order", "depth", "precision"),
    [([7, 1, 2], 5, 0.5), ([7, 8], 5, 1.0), ([1, 7, 2, 8], 5, 0.5), ([1, 2], 5, 0.0), ([7, 1], 1, 1.0)],
)
def test_average_precision_is_the_official_one(order: list[int], depth: int, precision: float) -> None:
    assert retrieval._precision(frozenset({7, 8}), order[:depth], depth) == precision


def test_what_is_wrong_with_the_data_is_said(tmp_path: Path) -> None:
    nothing = bench(tmp_path)
    assert nothing.returncode == 3 and "no verified_claims.docs.tsv" in nothing.stderr
    bare = bench(folder(tmp_path, ()))
    assert bare.returncode == 3 and "no queries" in bare.stderr
    pairs = folder(tmp_path, ("dev",)) / "dev" / "tweet-vclaim-pairs.qrels"
    for line, problem in (("40 0 77 1", "there is no claim '77'"), ("40 0 1", "relevance expected")):
        pairs.write_text(f"\n{line}\n")
        with pytest.raises(DecodeError, match=problem):
            _tweets.read(tmp_path)
    (tmp_path / "dev" / "tweets.queries.tsv.gz").write_bytes(gzip.compress(b"number\ttext\n"))
    pairs.write_text("40 0 1 1\n")
    with pytest.raises(DecodeError, match="no column ''"):
        _tweets.read(tmp_path)
