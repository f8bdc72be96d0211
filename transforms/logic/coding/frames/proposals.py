"""Proposals: what the frames see in an article, before actors and modality are settled."""

from typing import NamedTuple

from schemas.event import EventType, Modality, Role
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.mentions import Mention


class Slot(NamedTuple):
    """One actor in one role."""

    role: Role
    mention: Mention


class Proposal(NamedTuple):
    """One trigger with the actors around it.

    `at` is the chunk of the trigger, `token` its token; `light` the chunk of a verb that carries a noun;
    `verb` whether the trigger is a verb; `hint` the modality of an event that no other word qualifies.
    `attackers` are the agents of the event whose victims these are.
    """

    clause: Clause
    event_type: EventType
    subtype: str
    rule: str
    at: int
    token: int
    verb: bool
    light: int | None
    slots: tuple[Slot, ...]
    attackers: tuple[Mention, ...] = ()
    hint: Modality | None = None


def agents_of(mentions: list[Mention]) -> list[Slot]:
    """Slots of agents."""
    return [Slot(Role.AGENT, m) for m in mentions]


def patients_of(mentions: list[Mention]) -> list[Slot]:
    """Slots of patients."""
    return [Slot(Role.PATIENT, m) for m in mentions]
