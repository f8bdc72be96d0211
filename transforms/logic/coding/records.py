"""From candidates to records: each triple once per article, subtype and modality."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from schemas.event import Dyad, Event, EventType, Evidence, Modality, Role
from transforms.logic.coding.scene import Actor


class Candidate(NamedTuple):
    """An actor in a role of an event at a trigger; all offsets are of the text."""

    event_type: EventType
    subtype: str
    role: Role
    actor: Actor
    modality: Modality
    sentence: tuple[int, int]
    trigger: tuple[int, int]
    mention: tuple[int, int]
    rule: str
    day: date | None


def to_events(text: str, candidates: Iterable[Candidate]) -> tuple[Event, ...]:
    """One event for each type, subtype, role, actor and modality, with the first sentence that says so.

    `mentions` counts sentences; `day` is the first that any of them gives. Sorted by first mention.
    """
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in sorted(candidates, key=_order):
        key = (
            candidate.event_type,
            candidate.subtype,
            candidate.role,
            candidate.actor.actor_id,
            candidate.modality,
        )
        groups.setdefault(key, []).append(candidate)
    return tuple(_event(text, group) for group in groups.values())


def _order(candidate: Candidate) -> tuple[object, ...]:
    return (
        candidate.sentence,
        candidate.trigger,
        candidate.role,
        candidate.actor.actor_id,
        candidate.mention,
        candidate.event_type,
        candidate.subtype,
        candidate.modality,
        candidate.rule,
    )


def _event(text: str, group: list[Candidate]) -> Event:
    first = group[0]
    return Event(
        event_type=first.event_type,
        subtype=first.subtype,
        role=first.role,
        actor_id=first.actor.actor_id,
        actor_who=first.actor.who,
        actor_side=first.actor.side,
        modality=first.modality,
        evidence=_evidence(text, first),
        trigger_start=first.trigger[0],
        trigger_end=first.trigger[1],
        actor_start=first.mention[0],
        actor_end=first.mention[1],
        rule=first.rule,
        mentions=len({c.sentence for c in group}),
        day=next((c.day for c in group if c.day), None),
    )


def _evidence(text: str, candidate: Candidate) -> Evidence:
    start, end = candidate.sentence
    return Evidence(start=start, end=end, text=text[start:end])


def to_dyads(text: str, candidates: Iterable[Candidate]) -> tuple[Dyad, ...]:
    """Agent and patient of one trigger, once for each type, pair and modality; no actor with itself."""
    by_trigger: dict[tuple[object, ...], list[Candidate]] = {}
    for candidate in sorted(candidates, key=_order):
        key = (candidate.sentence, candidate.trigger, candidate.event_type, candidate.modality)
        by_trigger.setdefault(key, []).append(candidate)
    pairs: dict[tuple[str, ...], list[tuple[Candidate, Candidate]]] = {}
    for group in by_trigger.values():
        for agent in (c for c in group if c.role is Role.AGENT):
            for patient in (c for c in group if c.role is Role.PATIENT):
                if agent.actor.actor_id != patient.actor.actor_id:
                    key2 = (agent.event_type, agent.actor.actor_id, patient.actor.actor_id, agent.modality)
                    pairs.setdefault(key2, []).append((agent, patient))
    return tuple(
        Dyad(
            event_type=found[0][0].event_type,
            agent_id=found[0][0].actor.actor_id,
            patient_id=found[0][1].actor.actor_id,
            modality=found[0][0].modality,
            evidence=_evidence(text, found[0][0]),
            mentions=len({agent.sentence for agent, _ in found}),
            day=next((agent.day for agent, _ in found if agent.day), None),
        )
        for found in pairs.values()
    )
