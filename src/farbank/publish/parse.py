"""A story as an editor writes it, made into a draft: every sentence with its line, its claims and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from farbank.country import split
from farbank.model.errors import DecodeError
from farbank.model.story import Block, Draft, Role, Sentence
from farbank.model.text import Language, Slug
from farbank.publish import front
from farbank.publish.citations import Group, Malformed, handles, take_out

_PICTURE = re.compile(r"^media:([a-z0-9][a-z0-9-]*)$")
_REFUSED = {
    "html_block": "raw HTML is never printed; write plain sentences",
    "html_inline": "raw HTML is never printed; write plain sentences",
    "link_open": "a page links to nothing; cite a claim instead",
}
_QUOTED = "only a quotation names a report or a document"
_ONLY = "only paragraphs, ## headings, > quotations and ![](media:id) are printed; write plain sentences"


class _Prose(NamedTuple):
    """Text of one block and the line of each of its characters."""

    text: str
    lines: list[int]
    picture: Slug | None


def parse(markdown: str, file: str, language: Language) -> Draft:
    """Read a story. Raises DecodeError with file and line for whatever cannot be understood as written."""
    lines = markdown.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fields, where, taken = front.read(lines, file)
    body = "\n".join(lines[taken:])
    return Draft(
        file=file,
        language=language,
        headline=_field("headline", fields.headline, where["headline"], file),
        summary=_field("summary", fields.summary, where["summary"], file),
        close=fields.close,
        of=fields.of,
        byline=fields.byline,
        blocks=tuple(_blocks(MarkdownIt("commonmark").parse(body), taken, file)),
        show=fields.show,
        whatif=fields.whatif,
        fit=fields.fit,
        link=fields.link,
        accept=fields.accept,
    )


def _field(role: Role, text: str, line: int, file: str) -> Sentence:
    if not text.strip():
        raise DecodeError(file, f"line {line}", f"the {role} is empty")
    sentence, bound = _whole(_Prose(text, [line] * len(text), None), role, file, line)
    if bound is not None:
        raise DecodeError(file, f"line {line}", _QUOTED)
    return sentence


def _blocks(tokens: list[Token], taken: int, file: str) -> Iterator[Block]:
    quoted: list[_Prose] = []
    outer = ""
    for token in tokens:
        line = taken + 1 + (token.map[0] if token.map else 0)
        if token.type in ("heading_open", "blockquote_open"):
            if outer or (token.type == "heading_open" and token.markup != "##"):
                raise DecodeError(file, f"line {line}", _ONLY)
            outer, quoted, began = token.type, [], line
        elif token.type == "heading_close":
            outer = ""
        elif token.type == "blockquote_close":
            outer = ""
            yield _quote(quoted, began, file)
        elif token.type == "inline":
            prose = _prose(token, line, file)
            if outer == "blockquote_open" and prose.picture is None:
                quoted.append(prose)
            elif outer and prose.picture is not None:
                raise DecodeError(file, f"line {line}", "a picture stands in a paragraph of its own")
            else:
                yield _heading(prose, line, file) if outer else _paragraph(prose, line, file)
        elif token.type not in ("paragraph_open", "paragraph_close"):
            raise DecodeError(file, f"line {line}", _REFUSED.get(token.type, _ONLY))


def _prose(token: Token, line: int, file: str) -> _Prose:
    text: list[str] = []
    lines: list[int] = []
    picture: Slug | None = None
    children = token.children or []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            text.append(" ")
            lines.append(line)
            line += 1
        elif child.type == "text":
            text.append(child.content)
            lines.extend([line] * len(child.content))
        elif child.type == "image":
            picture = _picture(child, line, file)
        else:
            raise DecodeError(file, f"line {line}", _REFUSED.get(child.type, _ONLY))
    if picture is not None and len(children) > 1:
        raise DecodeError(file, f"line {line}", "a picture stands in a paragraph of its own")
    return _Prose("".join(text), lines, picture)


def _picture(token: Token, line: int, file: str) -> Slug:
    found = _PICTURE.match(str(token.attrGet("src") or ""))
    if found is None or token.content or token.attrGet("title"):
        problem = "expected ![](media:id): caption and alternative text are compiled from the picture's record"
        raise DecodeError(file, f"line {line}", problem)
    return found.group(1)


def _paragraph(prose: _Prose, line: int, file: str) -> Block:
    if prose.picture is not None:
        return Block(kind="picture", picture=prose.picture, line=line)
    clean, lines, groups = _cited(prose, file, line)
    if any(group.bound for group in groups):
        raise DecodeError(file, f"line {line}", _QUOTED)
    spans = split.sentences(clean, [group.at for group in groups])
    if groups and (not spans or groups[0].at <= spans[0][0]):
        raise DecodeError(file, f"line {line}", "a citation follows the sentence it belongs to; none stands before it")
    found = []
    for start, end in spans:
        cited = (claim for group in groups if start < group.at <= end for claim in group.claims)
        found.append(_sentence(clean[start:end], "body", lines[start], cited))
    return Block(kind="paragraph", sentences=tuple(found), line=line)


def _heading(prose: _Prose, line: int, file: str) -> Block:
    sentence, bound = _whole(prose, "heading", file, line)
    if bound is not None or not sentence.text:
        raise DecodeError(file, f"line {line}", f"a heading has words, and {_QUOTED}")
    return Block(kind="heading", sentences=(sentence,), line=line)


def _quote(parts: list[_Prose], line: int, file: str) -> Block:
    text = " ".join(part.text for part in parts)
    lines = [n for i, part in enumerate(parts) for n in (part.lines[:1] * bool(i)) + part.lines]
    sentence, bound = _whole(_Prose(text, lines, None), "quote", file, line)
    if bound is None or not sentence.text:
        problem = "a quotation has words and names its report or document: [@claim; report=id]"
        raise DecodeError(file, f"line {line}", problem)
    return Block(kind="quote", sentences=(sentence,), report=bound.report, document=bound.document, line=line)


def _whole(prose: _Prose, role: Role, file: str, line: int) -> tuple[Sentence, Group | None]:
    """The text as one sentence: headline, summary, headings and quotations are cited as a whole."""
    clean, lines, groups = _cited(prose, file, line)
    bound = [group for group in groups if group.bound]
    if len({(group.report, group.document) for group in bound}) > 1:
        raise DecodeError(file, f"line {line}", "a quotation comes from one report, or one document")
    cited = (claim for group in groups for claim in group.claims)
    return _sentence(clean.strip(), role, lines[0] if lines else line, cited), bound[0] if bound else None


def _cited(prose: _Prose, file: str, line: int) -> tuple[str, list[int], tuple[Group, ...]]:
    try:
        clean, kept, groups = take_out(prose.text)
    except Malformed as error:
        at = prose.lines[min(error.at, len(prose.lines) - 1)] if prose.lines else line
        raise DecodeError(file, f"line {at}", str(error)) from None
    return clean, [prose.lines[i] for i in kept], groups


def _sentence(text: str, role: Role, line: int, cited: Iterator[Slug]) -> Sentence:
    return Sentence(text=text, role=role, line=line, claims=tuple(dict.fromkeys(cited)), sources=handles(text))
