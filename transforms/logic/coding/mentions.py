"""Whom a noun group names: actor, owner, possessor, place and trigger, kept apart."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import Name, NameKind, RoleClass, RoleNoun
from transforms.logic.coding.vocabulary import NounFrame

ARMED_CLASSES = frozenset(
    (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON, RoleClass.OFFICE, RoleClass.LEADER)
)
"""Classes of role nouns that act for the actor in front of them: "Hamas fighters", "Taliban leaders"."""

_ORDER = {
    NameKind.ACTOR: 0,
    NameKind.MEMBER: 1,
    NameKind.LEADER: 2,
    NameKind.METONYM: 3,
    NameKind.COUNTRY: 4,
    NameKind.PEOPLE: 5,
    NameKind.ADJECTIVE: 6,
    NameKind.CAPITAL: 7,
    NameKind.PLACE: 8,
}


class Mention(NamedTuple):
    """A noun group read as an actor. `who` is empty where only the context can tell the country.

    `kind` is the kind of the name, `role` for a role noun, `context` for a people whose actor depends on the
    country ("Kurdish"), or `pronoun`. `own` marks "its" or "their". `token` is the index of the naming token.
    `by` is the role whose the head is ("government" in "government planes"); `elsewhere` says that its state
    is another one, unnamed ("Western embassies").
    """

    kind: str
    who: str
    side: Side
    actor_id: str
    token: int
    role: RoleNoun | None = None
    definite: bool = False
    own: bool = False
    low: str = ""
    by: RoleNoun | None = None
    elsewhere: bool = False


class Reading(NamedTuple):
    """What one noun group says.

    `mention` is the actor that the group names; `owner` the actor that its head belongs to ("Israeli raid",
    "rebel positions"); `trigger` the event noun in it, at token `trigger_at`, `bare` when something else is
    the head ("attack helicopter"); `place` the country of a place named in it; `held` the actors of
    "rebel-held" and the like; `is_property` when the head stands for its owner ("positions"); `is_quantity`
    when the head only counts ("hundreds").
    """

    mention: Mention | None
    owner: Mention | None
    trigger: NounFrame | None
    trigger_at: int
    bare: bool
    place: str
    whole_country: bool
    held: tuple[Mention, ...]
    is_property: bool
    is_quantity: bool
    is_weapon: bool


def pick_name(names: Iterable[Name], day: date | None) -> Name | None:
    """The reading of a name that holds on a day: a leader only in office, others if nothing better does."""
    best = None
    for name in names:
        if not _in_force(name, day):
            if name.kind is NameKind.LEADER:
                continue
            rank = _ORDER[name.kind] + 10
        else:
            rank = _ORDER[name.kind]
        if best is None or rank < best[0]:
            best = rank, name
    return best[1] if best else None


def _in_force(name: Name, day: date | None) -> bool:
    if day is None:
        return True
    return (name.valid_from is None or name.valid_from <= day) and (
        name.valid_to is None or day <= name.valid_to
    )


def owned_by(base: Mention, owner: Mention | None) -> Mention:
    """A role noun with the actor that it belongs to: "Hamas fighters" is Hamas, "Syrian rebels" armed."""
    if owner is None or base.who:
        return base
    role = base.role
    if owner.kind in ("actor", "member", "leader", "metonym"):
        if owner.side in (Side.IGO, Side.NGO, Side.FIRM):
            return base._replace(who=owner.who, side=owner.side, actor_id=owner.actor_id)
        if base.side in (Side.STATE, Side.ARMED) and role is not None and role.cls is not RoleClass.PEOPLE:
            if owner.side is Side.STATE and role.cls is RoleClass.FIGHTER and owner.kind == "leader":
                return base._replace(who=owner.who, side=Side.STATE, actor_id=owner.actor_id)
            return base._replace(who=owner.who, side=owner.side, actor_id=owner.actor_id)
        if owner.side is Side.STATE:
            return base._replace(who=owner.who, actor_id=f"{owner.who}:{base.side}")
        return base
    if owner.kind == "context":
        return base._replace(kind="context", low=owner.low)
    if owner.kind == "role":
        if owner.side in (Side.STATE, Side.ARMED) and base.side in (Side.STATE, Side.ARMED):
            return base._replace(side=owner.side, who=owner.who, actor_id=owner.actor_id)
        return base._replace(who=owner.who, actor_id=f"{owner.who}:{base.side}" if owner.who else "")
    return base._replace(who=owner.who, actor_id=f"{owner.who}:{base.side}")
