from __future__ import annotations

from tide import draft_of, story

from farbank.model.story import Draft
from farbank.publish.letters import assign


def test_letters_follow_first_mention_and_partners_alone_have_them() -> None:
    draft = draft_of(story("@wren and @gull and @tern spoke. [@dues] @wren again. [@dues]"))
    assert assign([draft], {"tern", "wren", "absent"}) == {"wren": "A", "tern": "B"}


def test_whoever_is_quoted_is_mentioned_by_the_line_under_the_quotation(draft: Draft) -> None:
    text = story("> Quoted. [@dues; report=r1]\n\n@tern spoke. [@dues]")
    assert assign([draft_of(text)], {"tern", "wren"}, {"r1": "wren"}) == {"wren": "A", "tern": "B"}


def test_letters_do_not_run_out() -> None:
    handles = [f"h{n}" for n in range(30)]
    draft = draft_of(story(" ".join(f"@{handle} spoke. [@dues]" for handle in handles)))
    letters = assign([draft], handles)
    assert letters["h25"] == "Z" and letters["h26"] == "AA" and letters["h29"] == "AD"
    assert len(set(letters.values())) == 30


def test_a_is_a_in_every_language_whatever_the_word_order() -> None:
    master = draft_of(story("@wren told @tern. [@dues]"))
    other = draft_of(story("@tern heard from @wren, and @gull. [@dues]"))
    assert assign([master, other], {"tern", "wren", "gull"}) == {"wren": "A", "tern": "B", "gull": "C"}
