from __future__ import annotations

import json
import subprocess
import sys

import pytest

from farbank.watch.extract import page

READER = """
import json, resource, sys, time
from datetime import UTC, datetime
from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.watch.extract import article

resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
rule = {"item": "http://a[.]example/.*", "title": "h1", "body": ".text p", "day": "i"}
site = Site(id="s", outlet="o", languages={"en": "en"}, **rule)
head = (("content-type", "text/html"),)
for name, way, source in json.load(sys.stdin):
    url = {"rule": "http://a.example/1", "guess": "http://b.example/1"}[way]
    page = Capture(url=url, taken=datetime(2024, 8, 2, tzinfo=UTC), status=200, headers=head, body=eval(source))
    begun = time.perf_counter()
    found = article(page, [site])
    spent = time.perf_counter() - begun
    print(json.dumps([name, way, found and len(found.body), spent]), flush=True)
# Not ru_maxrss: that begins with what the process that started this one had in use.
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024)
"""

REFUSED = {
    "deep": "b'<div>' * 10**6",
    "deep, then wide": "b'<div>' * 20000 + b'<p>x</p>' * 20000",
    "a million attributes": "b'<p ' + b' '.join(b'a%d=1' % n for n in range(10**6)) + b'>x'",
    "attributes of a closing tag": "b'<p></p ' + b' '.join(b'a%d=1' % n for n in range(10**5)) + b'>x'",
    "attributes in quotes": "b'<p ' + b' '.join(b'a%d=\">\"' % n for n in range(10**5)) + b'>x'",
    "attributes without spaces": "b'<p ' + b''.join(b'a%d=\"\"' % n for n in range(10**5)) + b'>x'",
    "a tag without end": "b'<' + b'a' * 10**7",
    "tags without end": "b'<a' * 10**6",
    "tags hidden in tags": "(b'<a' * 2000 + b' ') * 1000",
    "tags hidden in quotations": "b'<a b=\\'\"' * 10**5",
    "styles opened in every block": "b'<p>' + b''.join(b'<b a%d>' % n for n in range(3000)) + b'</p>' + b'<p>x' * 3000",
    "a million elements": "b'<p>x</p>' * 10**6",
    "closed and never opened": "b'<div>' * 20000 + b'</p>' * 20000",
    "a giant attribute": "b'<h1>t</h1><div class=text><p title=\"' + b'<p ' * 10**6 + b'\">x y z'",
    "a giant comment": "b'<!--' + b'<b>' * 10**6 + b'--><h1>t</h1><div class=text><p>x'",
    "ordinary tables, a million": "b'<table><tr><td>' * 10**6",
}
READ = {
    "one giant text": "b'<h1>t</h1><div class=text><p>' + b'word ' * 3 * 10**6",
    "a flood of entities": "b'<h1>t</h1><div class=text><p>' + b'&amp;&#x41;&nbsp; ' * 10**6",
    "text in text": "b'<h1>t</h1><div class=text>' + b'<object><p>x' * 200 + b'y' * 10**6",
    "links without end": "b'<h1>t</h1><div class=text><p>x</p>' + b'<a href=x>b</a> ' * 15000",
    "cells without end": "b'<h1>t</h1><div class=text><p>x</p><table>' + b'<tr><td>some words' * 8000",
    "few styles on a long page": "b'<h1>t</h1><div class=text>' + b'<p>x <b>y</b></p>' * 400",
}


GUESSED = ("one giant text", "a flood of entities", "text in text", "links without end", "cells without end")
ASKED = [
    *((name, "rule", source) for name, source in REFUSED.items()),
    ("deep", "guess", REFUSED["deep"]),
    *((name, "rule", source) for name, source in READ.items()),
    *((name, "guess", READ[name]) for name in GUESSED),
]


@pytest.fixture(scope="module")
def read() -> tuple[dict[tuple[str, str], tuple[int | None, float]], float]:
    """What was read of each page and in how many seconds, all in one process; and its peak in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", READER], input=json.dumps(ASKED), capture_output=True, text=True, timeout=240
    )
    *lines, peak = done.stdout.splitlines()
    assert done.returncode == 0, (lines[-1:], done.stderr[-500:])
    return {(name, way): (found, spent) for name, way, found, spent in map(json.loads, lines)}, float(peak)


@pytest.mark.parametrize(("name", "way"), [(name, way) for name, way, _ in ASKED])
def test_a_bomb_is_refused_and_an_odd_page_read_in_bounded_time(
    read: tuple[dict[tuple[str, str], tuple[int | None, float]], float], name: str, way: str
) -> None:
    found, spent = read[0][name, way]
    assert name not in REFUSED or found is None
    assert name in REFUSED or way == "guess" or found is not None
    assert spent < 15


def test_none_of_them_takes_much_memory(
    read: tuple[dict[tuple[str, str], tuple[int | None, float]], float],
) -> None:
    assert read[1] < 900


def test_a_long_script_is_no_flood() -> None:
    script = "for(i=0;i<n&&j<m;i++)if(a[i]<b){c(i,j);d[i]=e" + "(f,g);" * 300 + "}" + "w = [" + "1, 2, " * 300 + "];"
    source = f"<script>{script}</script><p>text</p>" * 50
    assert len(source) > page.HARMLESS_LENGTH
    assert page.parse(source) is not None


@pytest.mark.parametrize("attributes", [page.ATTRIBUTES - 1, page.ATTRIBUTES])
def test_the_number_of_attributes_is_what_counts(attributes: int) -> None:
    many = " ".join(f"a{n}={q}x>{q}" for n, q in zip(range(attributes), "\"'" * attributes, strict=False))
    source = f"<p {many}>text</p>" + "x" * page.HARMLESS_LENGTH
    assert (page.parse(source) is None) == (attributes == page.ATTRIBUTES)
