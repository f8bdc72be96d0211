"""One article, one reading: what its other sentences say of an event that one sentence leaves open."""

import re
from collections.abc import Sequence

from schemas.event import EventType, Role, Side
from transforms.logic.coding.records import Candidate

_WORD = re.compile(r"[a-z]+")
_BARE = frozenset(("noun:attack", "noun:attacks on", "verb:attack"))
"""Rules of words that do not say with what was attacked."""
_RAID = "noun:raid"


def make_consistent(candidates: Sequence[Candidate], lower: str, on_foot: frozenset[str]) -> list[Candidate]:
    """The candidates with bare attacks typed by the rest of the article, and the dead of a strike once.

    `lower` is the text in lower case, `on_foot` the words by which a raid is one of soldiers.
    """
    return _without_twice_dead(_type_attacks(candidates, lower, on_foot))


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


def _is_bare(candidate: Candidate, lower: str, on_foot: frozenset[str]) -> bool:
    """Whether the words of an attack, and for a raid those around it, leave open how it was made."""
    if candidate.rule != _RAID:
        return candidate.rule in _BARE
    return on_foot.isdisjoint(_WORD.findall(lower, *candidate.sentence))


def _type_attacks(candidates: Sequence[Candidate], lower: str, on_foot: frozenset[str]) -> list[Candidate]:
    """A bare "attack" by a state that strikes in this article is a strike."""
    strikers = {
        c.actor
        for c in candidates
        if c.event_type is EventType.STRIKE and c.role is Role.AGENT and c.actor.side is Side.STATE
    }
    bare = {
        _trigger(c)
        for c in candidates
        if c.role is Role.AGENT
        and c.event_type is EventType.OFFENSIVE
        and c.actor in strikers
        and _is_bare(c, lower, on_foot)
    }
    return [
        c._replace(event_type=EventType.STRIKE, subtype="air")
        if c.event_type is EventType.OFFENSIVE and _trigger(c) in bare
        else c
        for c in candidates
    ]
