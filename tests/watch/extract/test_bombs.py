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
url = {"rule": "http://a.example/1", "guess": "http://b.example/1"}[sys.argv[1]]
source = eval(sys.argv[2])
head = (("content-type", "text/html"),)
begun = time.perf_counter()
found = article(Capture(url=url, taken=datetime(2024, 8, 2, tzinfo=UTC), status=200, headers=head, body=source), [site])
spent = time.perf_counter() - begun
print(json.dumps([found and len(found.body), spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
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
    "few styles on a long page": "b'<h1>t</h1><div class=text>' + b'<p>x <b>y</b></p>' * 400",
}


def measured(way: str, source: str) -> tuple[int | None, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", READER, way, source], capture_output=True, text=True, timeout=60, check=True
    )
    found, seconds, megabytes = json.loads(done.stdout)
    return found, seconds, megabytes


@pytest.mark.parametrize("way", ["rule", "guess"])
@pytest.mark.parametrize("bomb", REFUSED)
def test_a_bomb_is_refused_in_bounded_time_and_memory(bomb: str, way: str) -> None:
    found, seconds, megabytes = measured(way, REFUSED[bomb])
    assert found is None
    assert seconds < 8
    assert megabytes < 700


@pytest.mark.parametrize("odd", READ)
def test_an_odd_page_is_read_in_bounded_time_and_memory(odd: str) -> None:
    found, seconds, megabytes = measured("rule", READ[odd])
    assert found is not None
    assert seconds < 8
    assert megabytes < 700


@pytest.mark.parametrize("odd", ["one giant text", "a flood of entities", "text in text"])
def test_guessing_is_bounded_too(odd: str) -> None:
    _, seconds, megabytes = measured("guess", READ[odd])
    assert seconds < 15
    assert megabytes < 1000


@pytest.mark.parametrize("attributes", [page.ATTRIBUTES - 1, page.ATTRIBUTES])
def test_the_number_of_attributes_is_what_counts(attributes: int) -> None:
    many = " ".join(f"a{n}={q}x>{q}" for n, q in zip(range(attributes), "\"'" * attributes, strict=False))
    source = f"<p {many}>text</p>" + "x" * page.HARMLESS_LENGTH
    assert (page.parse(source) is None) == (attributes == page.ATTRIBUTES)
