"""Stories with one slip each, dealt in two halves by a seed, and the clean story they are made from.

The wordings (`known/slips.toml`) were written before the words the rules look for, as an editor might write them, but
by the same hand as the rules: what that hand does not think of is in neither, so recall here is the most to be hoped
for. A seed deals the wordings of every rule into a half to tune on and a half that is only counted; no wording is in
both, though what fills its slots may be.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import _slip_case

KNOWN = Path(__file__).parent / "known"
EACH = 10
"""Slips a rule has in each half."""
DEAL = 20310910
"""The seed that says which wordings are kept."""
_FILLERS: dict[str, tuple[str, ...]] = {
    "city": ("Chongjin", "Hoeryong", "Hyesan", "Sinuiju", "Kilju", "Musan", "Hamhung", "Wonsan"),
    "p": ("Jagang", "South Pyongan", "Kangwon", "South Hwanghae", "North Pyongan", "South Hamgyong"),
    "n": ("14", "30", "47", "120", "23", "eighteen", "sixty"),
    "N": ("Fourteen", "Thirty", "Sixty", "Twenty-three"),
    "w": ("15", "7", "twenty", "40", "nine", "3.5", "18"),
    "h": ("five", "6:30", "nine", "4 a.m."),
    "d": ("3", "5", "12", "17"),
    "m": ("August", "31 August 2031", "early August", "9 September 2031", "2 September"),
    "r": ("3", "20", "9–10", "27"),
    "o": ("March 2031", "May 2029", "2 February 2031", "April 2030", "November 2031", "6 June 2028"),
    "x": ("8", "16", "9", "18"),
    "a": ("8", "11"),
    "b": ("17", "24", "19"),
    "v": ("N. Hamgyong", "North Hamkyung", "Hamgyong-bukdo", "North Hamgyung", "Hamgyeongbuk-do", "N. Hamgyung"),
    "wrong": ("Hyesan, North Hamgyong", "Hoeryong in Ryanggang", "Sinuiju, Jagang Province", "Hamhung, Kangwon",
              "Ryanggang's Chongjin", "Wonsan, a city in South Pyongan"),
    "z": ("\u200b", "\u202e", "\u00ad", "\u2060", "\u200d"),
    "border": (
        "North Hamgyong, on the Amnok", "Kangwon, on the Chinese border", "South Hamgyong, which borders China",
        "Ryanggang, on the South Korean border", "Jagang on the Tuman", "South Hwanghae, across from China",
        "North Hamgyong, by the demilitarised zone", "South Pyongan on the Yalu",
    ),
    "k": ("Kim Jong-un", "Kim Jung Un", "Kim Jong-Un", "Kim Jong-il", "Kim Il-sung", "Kim Jong Eun"),
}  # fmt: skip


class Slip(NamedTuple):
    """A story with one slip, and the rule that ought to stop it at that line."""

    rule: str
    story: str
    line: int
    words: str


def clean() -> str:
    """The story every slip is put into."""
    text = (KNOWN / "slip_story.md").read_text("utf-8")
    for slot, value in (("mills", "nine"), ("Mills", "Nine"), ("ration", str(_slip_case.RATION))):
        text = text.replace(f"{{{slot}}}", value)
    return text


def slips(seed: int, *, kept: bool) -> Iterator[Slip]:
    """Ten slips of every rule from the half of its wordings that is kept, or from the other."""
    draw = random.Random(f"{seed} {kept}")
    for rule, wordings in dealt(kept=kept).items():
        for n in range(EACH):
            role, frame = wordings[n % len(wordings)]
            yield _made(rule, role, _filled(frame, draw))
    for n in range(EACH):
        yield _accepting(f"words number {draw.randrange(1000)} that were cut {n}")


def other_hand(*, later: bool = False) -> Iterator[Slip]:
    """The slips of another hand: from the descriptions of the rules alone, or `later`, after a first mending."""
    name = "slips_other_hand_later.toml" if later else "slips_other_hand.toml"
    for rule, roles in tomllib.loads((KNOWN / name).read_text("utf-8")).items():
        for role, texts in roles.items():
            yield from (_made(rule, role, text) for text in texts)


def clean_other_hand() -> str:
    """Another story of the case by that other hand, with nothing in it that a rule should stop."""
    return (KNOWN / "clean_other_hand.md").read_text("utf-8")


def dealt(*, kept: bool) -> dict[str, list[tuple[str, str]]]:
    """Role and wording by rule, of one half."""
    table = tomllib.loads((KNOWN / "slips.toml").read_text("utf-8"))
    found = {}
    for rule, roles in table.items():
        wordings = [(role, frame) for role, frames in roles.items() for frame in frames]
        random.Random(f"{DEAL} {rule}").shuffle(wordings)
        half = len(wordings) // 2
        found[rule] = wordings[half:] if kept else wordings[:half]
    return found


def _filled(frame: str, draw: random.Random) -> str:
    for slot, values in _FILLERS.items():
        while f"{{{slot}}}" in frame:
            frame = frame.replace(f"{{{slot}}}", draw.choice(values), 1)
    return frame


def _made(rule: str, role: str, text: str) -> Slip:
    lines = clean().split("\n")
    if role in ("headline", "summary"):
        at = next(n for n, line in enumerate(lines) if line.startswith(f"{role}: "))
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        lines[at] = f'{role}: "{quoted}"'
        return Slip(rule, "\n".join(lines), at + 1, text)
    mark = {"heading": "## ", "quote": "> "}.get(role, "")
    lines += [mark + text, ""]
    if role == "heading":
        lines += ["That is what the account says. [@grain-order]", ""]
    return Slip(rule, "\n".join(lines), len(lines) - (3 if role == "heading" else 1), text)


def _accepting(words: str) -> Slip:
    lines = clean().split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("show: "))
    lines.insert(at, f'accept: [{{words: "{words}", reason: "kept"}}]')
    return Slip("stale-accept", "\n".join(lines), 1, words)
