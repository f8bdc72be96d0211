"""Every miss and every false alarm, with its sentence and what most likely caused it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from schemas import Event, Modality
from transforms.logic.evaluating.gold import Label, Triple
from transforms.logic.evaluating.judging import Judged, triple_of
from transforms.logic.evaluating.places import Passages, Span, overlap


class Kind(StrEnum):
    """Which side has it alone."""

    MISS = "miss"
    FALSE_ALARM = "false alarm"


class Cause(StrEnum):
    """What most likely went wrong, the first of these that fits."""

    MODALITY = "other modality"
    """Both have the triple, with another modality."""
    ACTOR = "other actor"
    """The other side has another actor of this type and role there."""
    ROLE = "other role"
    """The other side has this actor there, in the other role."""
    TYPE = "other type"
    """The other side has this actor there, in another type of event."""
    EVENT = "other event"
    """The other side has something else there."""
    NOTHING = "nothing there"
    """The other side has nothing there."""


class Error(NamedTuple):
    """One miss or false alarm.

    `sentence` are the words that show it: for a miss those of the gold, for a false alarm ours. `rule` and
    `trigger` are ours, of what we have there; blank for a miss with nothing there. `others` are what the
    other side has instead.
    """

    kind: Kind
    gold_id: str
    triple: Triple
    cause: Cause
    sentence: str
    rule: str
    trigger: str
    others: tuple[tuple[Triple, Modality], ...]


class _Claim(NamedTuple):
    """What one side says; `span` is None where it does not say where."""

    triple: Triple
    modality: Modality
    span: Span | None
    event: Event | None


def errors_of(judged: Iterable[Judged]) -> Iterator[Error]:
    """The errors of actual triples, item by item: misses, then false alarms, by place and triple."""
    for item in judged:
        passages = Passages(item.article.text, len(item.article.title or ""))
        gold = [_gold_claim(passages, label) for label in item.labels]
        ours = [_our_claim(event) for event in item.events]
        yield from _alone(Kind.MISS, item, gold, ours)
        yield from _alone(Kind.FALSE_ALARM, item, ours, gold)


def _gold_claim(passages: Passages, label: Label) -> _Claim:
    return _Claim(label.triple, label.modality, passages.sentences_with(label.evidence), None)


def _our_claim(event: Event) -> _Claim:
    return _Claim(triple_of(event), event.modality, (event.evidence.start, event.evidence.end), event)


def _alone(kind: Kind, item: Judged, mine: Sequence[_Claim], other: Sequence[_Claim]) -> Iterator[Error]:
    theirs = {claim.triple for claim in other if claim.modality is Modality.ACTUAL}
    alone: dict[Triple, _Claim] = {}
    for claim in mine:
        if claim.modality is Modality.ACTUAL and claim.triple not in theirs:
            alone.setdefault(claim.triple, claim)
    for claim in sorted(alone.values(), key=lambda c: (c.span or (0, 0), c.triple)):
        yield _error(kind, item, claim, other)


def _error(kind: Kind, item: Judged, claim: _Claim, other: Sequence[_Claim]) -> Error:
    cause, found = _cause(claim, other)
    event = claim.event or next((c.event for c in found if c.event), None)
    text = item.article.text
    start, end = claim.span or (0, len(text))
    return Error(
        kind,
        item.gold_id,
        claim.triple,
        cause,
        " ".join(text[start:end].split()),
        event.rule if event else "",
        text[event.trigger_start : event.trigger_end] if event else "",
        tuple(dict.fromkeys((c.triple, c.modality) for c in found)),
    )


def _cause(claim: _Claim, other: Sequence[_Claim]) -> tuple[Cause, list[_Claim]]:
    """The cause, and what of the other side speaks for it; what is not placed may be anywhere."""
    same = [c for c in other if c.triple == claim.triple]
    if same:
        return Cause.MODALITY, same
    there = [c for c in other if not c.span or not claim.span or overlap(c.span, claim.span)]
    for cause, fits in _FITS.items():
        found = [c for c in there if fits(claim.triple, c.triple)]
        if found:
            return cause, found
    return Cause.NOTHING, []


def _differs_in(field: str, one: Triple, two: Triple) -> bool:
    return two._replace(**{field: getattr(one, field)}) == one


_FITS: Mapping[Cause, Callable[[Triple, Triple], bool]] = {
    Cause.ACTOR: partial(_differs_in, "actor"),
    Cause.ROLE: partial(_differs_in, "role"),
    Cause.TYPE: partial(_differs_in, "event_type"),
    Cause.EVENT: lambda _, __: True,
}
