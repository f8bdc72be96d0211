"""Invented articles with labels and events, for the tests of scores and errors."""

from schemas import Event, EventType, Evidence, Modality, Role, Side
from tests.pipeline.cli_samples import article
from transforms.logic.evaluating import Judged, Label, Triple

TEXT = "Rebels stormed Hama. The army shelled rebels in Homs. Nothing else happened."


def triple(text: str) -> Triple:
    """`strike agent SYR:state` as a triple."""
    kind, role, actor = text.split()
    return Triple(EventType(kind), Role(role), actor)


def label(text: str, evidence: str = "", modality: Modality = Modality.ACTUAL) -> Label:
    """A label of the gold."""
    return Label(triple(text), modality, evidence)


def event(
    text: str, sentence: str = TEXT, rule: str = "verb:shell", modality: Modality = Modality.ACTUAL
) -> Event:
    """An event of ours whose evidence is this part of TEXT; its trigger are the first six letters of it."""
    found = triple(text)
    start = TEXT.index(sentence)
    who, _, side = found.actor.partition(":")
    return Event(
        event_type=found.event_type,
        subtype="",
        role=found.role,
        actor_id=found.actor,
        actor_who=who,
        actor_side=Side(side),
        modality=modality,
        evidence=Evidence(start=start, end=start + len(sentence), text=sentence),
        trigger_start=start,
        trigger_end=start + 6,
        actor_start=start,
        actor_end=start,
        rule=rule,
        mentions=1,
        day=None,
    )


def judged(labels: list[Label], events: list[Event], gold_id: str = "a") -> Judged:
    """One item."""
    return Judged(gold_id, article(TEXT), tuple(labels), tuple(events))
