"""The bench of what a text leaks takes any folder laid out like attr-inference-synthetic."""

import gzip
import json
import re
from collections import Counter

import pytest

from bench import MissingData, leak
from farbank.protect.detect.hints import ATTRIBUTES

REPLIES = [
    ("age", "ann", "I turned 70 and my knees creak. My grandson laughs at my cassette tapes."),
    ("relationship_status", "ann", "My ex-husband kept the dog, and since the divorce I cook for one."),
    ("occupation", "bo", "My boss put me on the night shift again, twelve patients and one nurse."),
    ("income_level", "bo", "We live paycheck to paycheck, so I clip coupons and count every penny."),
    ("city_country", "cho", "I live near the harbour and take the tram line over the old bridge."),
]


def folder(path, *parts):
    for part in parts:
        with gzip.open(path / f"{part}.jsonl.gz", "wt", encoding="utf-8") as file:
            for feature, person, text in REPLIES:
                read = {"personality": {"name": person}, "feature": feature, "hardness": 1, "response": text}
                file.write(json.dumps(read) + "\n")
    return path


@pytest.mark.parametrize("part", ["dev", "test"])
def test_plain_keys_are_of_the_only_part_there_is(tmp_path, part):
    told = leak.run(folder(tmp_path, part), quick=True)
    assert told["split"] == part
    assert told["n"] == len(REPLIES)
    assert told["recall"] == 1.0
    assert not [key for key in told if key.startswith("test_")]


def test_where_both_parts_are_there_those_of_test_say_so(tmp_path):
    told = leak.run(folder(tmp_path, "dev", "test"), quick=False)
    assert told["split"] == "dev"
    assert told["test_n"] == len(REPLIES)
    assert 0 <= told["peer_words_recall"] <= 1
    assert told["false_alarm"] <= 0.1


def test_nothing_can_be_measured_on_nothing(tmp_path):
    with pytest.raises(MissingData, match="--data"):
        leak.run(tmp_path, quick=True)


def test_the_sentences_that_tell_of_others_are_five_an_attribute_and_in_the_third_person():
    telling = (leak.KNOWN / "told_telling.tsv").read_text("utf-8").splitlines()
    neutral = (leak.KNOWN / "told_neutral.txt").read_text("utf-8").splitlines()
    assert Counter(line.partition("\t")[0] for line in telling) == dict.fromkeys(ATTRIBUTES, 5)
    assert len(set(neutral)) == 60
    assert not [line for line in [*telling, *neutral] if re.search(r"\b(I|[Mm]y|[Ww]e|[Oo]ur|[Uu]s)\b", line)]
