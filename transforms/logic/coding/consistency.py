"""One article, one reading: what its other sentences say of an event that one sentence leaves open."""

from collections.abc import Sequence

from schemas.event import EventType, Role, Side
from transforms.logic.coding.records import Candidate

_BARE = frozenset(("noun:attack", "noun:attacks on", "verb:attack"))
"""Rules of words that do not say with what was attacked."""


def make_consistent(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with bare attacks typed by the rest of the article, and the dead of a strike once."""
    return _without_twice_dead(_type_attacks(candidates))


def _without_twice_dead(candidates: Sequence[Candidate]) -> list[Candidate]:
    """In an article of strikes alone, those killed "in the attack" are the dead of the strike."""
    struck = {c.actor for c in candidates if c.event_type is EventType.STRIKE and c.role is Role.PATIENT}
    fought = any(
        c.event_type is EventType.OFFENSIVE and c.rule not in _BARE and not c.rule.startswith("victims:")
        for c in candidates
    )
    return [
        c
        for c in candidates
        if fought
        or c.actor not in struck
        or c.event_type is not EventType.OFFENSIVE
        or not c.rule.startswith("victims:")
    ]


def _trigger(candidate: Candidate) -> tuple[tuple[int, int], tuple[int, int]]:
    return candidate.sentence, candidate.trigger


def _type_attacks(candidates: Sequence[Candidate]) -> list[Candidate]:
    """A bare "attack" by a state that strikes in this article is a strike."""
    strikers = {
        c.actor
        for c in candidates
        if c.event_type is EventType.STRIKE and c.role is Role.AGENT and c.actor.side is Side.STATE
    }
    bare = {
        _trigger(c)
        for c in candidates
        if c.rule in _BARE
        and c.role is Role.AGENT
        and c.event_type is EventType.OFFENSIVE
        and c.actor in strikers
    }
    return [
        c._replace(event_type=EventType.STRIKE, subtype="air")
        if c.event_type is EventType.OFFENSIVE and _trigger(c) in bare
        else c
        for c in candidates
    ]
