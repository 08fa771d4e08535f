"""What to do when a partner is lost, in the order to do it: who is told, what is not said, what goes on (F5, F25)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.desk.compromised import Compromise

SAY_NOTHING = (
    "We do not say how or from whom we learn what we publish: "
    "not whether a guess is right, and not whether it is wrong."
)
"""The one answer to whoever asks, whoever they are: to deny one guess is to confirm the next (E21)."""


def steps(found: Compromise) -> Iterator[str]:
    """The drill, a sentence or two a step."""
    phone = found.handset
    yield (
        f"Do not call, write to or answer {found.handle}, nor any number that ever reached them: a phone that is taken "
        "is left on, and somebody waits beside it. farbank refuses what would contact them."
    )
    handlers = f" ({', '.join(found.handlers)})" if found.handlers else ""
    yield (
        f"Tell today, by voice: the safety officers, whoever spoke with them{handlers}, and the editors of the stories "
        "below. Tell nobody else: not the paymaster, not other partners, not other desks."
    )
    yield (
        f"Assume that the phone shows {phone.calls} calls with hour and number and {phone.written} written messages, "
        f"and that they are asked about the {phone.questions} questions put and the {phone.told} things told. Give up "
        "every number they were called from: whoever else was called from it is in the same danger."
    )
    others = sorted({other for each in found.resting for other in each.others})
    if others:
        yield (
            f"They can be made to name who stands in the same chains: {', '.join(others)}. Run this for each who is a "
            "partner and may be known to whoever has the phone; call none of them first."
        )
    if found.frozen:
        yield f"Frozen: {', '.join(found.frozen)}. Nobody releases them while the mark stands; nobody deletes them."
    if found.editions:
        yield (
            f"Leave {', '.join(found.editions)} where they are. Take nothing down, correct nothing and date nothing "
            "anew because of this: what vanishes tells who is being protected."
        )
    yield from _publish(found)
    yield f"To whoever asks, partners of years and colleagues too, say this and no more: “{SAY_NOTHING}”"
    yield (
        f"If it was a false alarm: farbank partner compromised {found.handle} --undo, and say why. The audit calls "
        f"this {found.mark}."
    )


def _publish(found: Compromise) -> Iterator[str]:
    plan = found.ordinary
    if plan.last is None or plan.gap is None:
        yield "Too little is published for you to have a rhythm; publish as you meant to, without what is frozen."
        return
    said = f"You publish about every {plan.gap} days, last on {plan.last}"
    if plan.missed_from is not None:
        said += f"; from {plan.missed_from} on, silence is news"
    yield f"{said}. Go on, neither faster nor slower."
    for each in plan.plan:
        if each.case is not None:
            yield f"About {each.day}: {each.case} is cleared and does not rest on them."
        else:
            yield (
                f"For about {each.day} nothing is cleared. By then clear something that does not rest on them, or "
                "publish what needs no partner: what state media said, prices, a look back."
            )
