"""Where the editions of a story stand: the steps the desk kept, held against what is out and the case as it is now."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from farbank import vault
from farbank.desk.by_two import void
from farbank.desk.correct import issued
from farbank.desk.lift_embargo import edition_digest, of_edition
from farbank.model.corrections import Issued
from farbank.model.steps import Step, StepId
from farbank.model.text import Slug
from farbank.publish.editions import Item
from farbank.publish.replay import Standing, edited, replay
from farbank.publish.states import State, table
from farbank.vault import case_store, sign_off


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story: where each edition stands, the steps by their ids, and a sentence on each entry that is no step.

    `words` is the hash of the case as it is now, `released` are the names of all editions in the ledger, of any story,
    as far as this person reads it.
    """

    name: Slug
    words: str
    editions: dict[Slug, Standing]
    steps: dict[StepId, Step]
    forged: tuple[str, ...]
    released: tuple[str, ...]

    @property
    def items(self) -> dict[Slug, Item]:
        """Every edition, as the state table moves them."""
        return {name: each.item for name, each in self.editions.items()}

    @property
    def under_way(self) -> tuple[Slug, ...]:
        """Editions that are neither out nor over."""
        done = {*table().out, *table().over}
        return tuple(name for name, item in self.items.items() if item.state not in done)

    @property
    def newest(self) -> Slug | None:
        """The last edition readers were given, whatever became of it."""
        had = [name for name, item in self.items.items() if item.released]
        corrected = {item.corrects for item in self.items.values() if item.released}
        return next((name for name in had if name not in corrected), None)


def standing(opened: vault.Vault, story: Slug, released: tuple[str, ...] | None = None) -> Story:
    """Replay the steps of a story; `released` is what the ledger holds, read unless given.

    An edition that readers were given counts as out, whether or not a step says so: one released before steps were
    kept, one whose release was cut short. Raises CompartmentClosed, VaultDamaged.
    """
    if released is None:
        released = released_by(opened)
    kept = vault.steps.kept(opened, story)
    words = vault.steps.words_of(opened, story)
    found = replay(kept.steps, _void(opened, story, kept.steps))
    now = {name: edited(each, words) for name, each in found.items()}
    return Story(
        name=story,
        words=words,
        editions=_with_what_is_out(opened, story, now, released),
        steps=kept.steps,
        forged=kept.forged,
        released=released,
    )


def released_by(opened: vault.Vault) -> tuple[str, ...]:
    """Names of all editions in the ledger, in its order; none for who does not read it. Raises VaultDamaged."""
    return tuple(each.edition for each in opened.released()) if "ledger" in opened.compartments else ()


def over(opened: vault.Vault, story: Slug, released: tuple[str, ...] | None = None) -> bool:
    """Whether what readers had of a story was retracted or killed. Raises CompartmentClosed, VaultDamaged."""
    found = standing(opened, story, released)
    return found.newest is not None and found.items[found.newest].state in table().over


def _with_what_is_out(
    opened: vault.Vault, story: Slug, now: Mapping[Slug, Standing], released: tuple[str, ...]
) -> dict[Slug, Standing]:
    given = issued(opened, story)
    names = [each.entry.edition for each in given]
    known = {*now, story} - {*names}
    names = [*(each for each in released if each in known), *names]
    done, before = dict(now), None
    for name in names:
        standing = done.get(name) or Standing(item=Item(id=name, corrects=before))
        done[name] = _moved_to(standing, "published", of=("draft", "review", "cleared", "embargoed", "scheduled"))
        if before is not None:
            done[before] = _moved_to(done[before], "corrected", of=("published",))
        before = name
    if _retracted(given):
        for name in names:
            done[name] = _moved_to(done[name], "retracted", of=("published", "corrected"))
    return done


def _moved_to(standing: Standing, state: State, of: tuple[State, ...]) -> Standing:
    if standing.item.state not in of:
        return msgspec.structs.replace(standing, item=msgspec.structs.replace(standing.item, released=True))
    item = msgspec.structs.replace(standing.item, state=state, released=True)
    return msgspec.structs.replace(standing, item=item, unsaid=standing.unsaid or state == "published")


def _retracted(given: tuple[Issued, ...]) -> bool:
    return any(each.kind == "retraction" for one in given for each in one.entry.corrections)


def _void(opened: vault.Vault, story: Slug, steps: Mapping[StepId, Step]) -> frozenset[StepId]:
    """Steps towards readers that whoever took them may not take: a program of their own may have asked nobody."""
    asked = {id: step for id, step in steps.items() if step.event in ("clear", "lift")}
    if not asked:
        return frozenset()
    try:
        handlers = case_store.handlers(opened, case_store.content(opened, story))
    except vault.NoSuchRecord:  # without a case nobody can say who speaks with its sources
        return frozenset(asked)
    authors = case_store.authors(opened, story)
    lifting = any(step.event == "lift" for step in asked.values())
    acts = {act.id: act for act in sign_off.sound(opened)} if lifting else {}

    def counts(step: Step) -> bool:
        if step.event == "clear":
            return _may_clear(opened, step.by, handlers, authors)
        return _lifted(opened, step, acts.get(step.act), handlers)

    return frozenset(id for id, step in asked.items() if not counts(step))


def _may_clear(opened: vault.Vault, name: str, handlers: frozenset[str], authors: tuple[str, ...]) -> bool:
    who = opened.roster.colleague(name)
    return who is not None and (
        vault.steps.refusal("clear", who, handles=name in handlers, wrote=name in authors) is None
    )


def _lifted(opened: vault.Vault, step: Step, act: vault.Act | None, handlers: frozenset[str]) -> bool:
    return (
        act is not None
        and of_edition(act)
        and act.agreed is not None
        and step.until is not None
        and (act.proposal.about, act.proposal.digest) == (step.edition, edition_digest(step.edition, step.until))
        and void(opened.roster, act, handlers) is None
    )
