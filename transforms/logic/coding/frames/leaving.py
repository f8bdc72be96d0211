"""Verbs of leaving and of bringing people out."""

from schemas.event import Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import all_mentions, behind
from transforms.logic.coding.frames import checks, orders
from transforms.logic.coding.frames.proposals import agents_of, patients_of
from transforms.logic.coding.frames.uses import Slots, Use
from transforms.logic.coding.mentions import Mention


def evacuate(use: Use) -> Slots:
    """People brought out; without an object, people who leave, or forces that do."""
    if orders.is_ordered(use.clause, use.at, use.verb):
        ordered = orders.order_slots(use.vocabulary, use.clause, use.at, use.subject)
        if ordered is not None:
            return ordered
    whom = use.patients() if (use.passive or use.object is not None) else []
    whom = [m for m in whom if m.kind not in ("country", "capital")]
    who = use.agents()
    if use.passive:
        if not whom and _is_emptied(use):
            whom = [orders.people_at(use.vocabulary, use.verb.verb)]
        return agents_of(who) + patients_of(whom) if who or whom else None
    if use.object is None or (not whom and _is_place(use, use.object)):
        leavers = [m for m in who if m.side is Side.CIVIL or m.side is Side.NGO]
        forces = [m for m in who if m not in leavers]
        return agents_of(forces) + patients_of(leavers) if who else None
    if not who and not whom:
        return None
    return agents_of(who) + patients_of(whom)


def _is_emptied(use: Use) -> bool:
    """Whether a place, a building or an uncounted number is what was evacuated: its people were."""
    if use.subject is None:
        return False
    return checks.counts_people(use.clause, use.subject) or _is_place(use, use.subject)


def _is_place(use: Use, at: int) -> bool:
    reading = use.clause.readings[at]
    return reading is not None and (
        bool(reading.place) or checks.is_territory(use.vocabulary, use.clause, at, strict=False)
    )


def bring(use: Use) -> Slots:
    """People moved out of somewhere by ordinary verbs of motion."""
    whom = [
        m
        for m in use.patients()
        if m.side in (Side.CIVIL, Side.NGO, Side.STATE, Side.ARMED)
        and m.kind not in ("country", "capital", "leader")
    ]
    if not whom:
        return None
    if any(m.side in (Side.STATE, Side.ARMED) for m in whom) and use.frame.rule.startswith(
        ("verb:pull", "verb:move")
    ):
        return agents_of(use.agents())
    if use.verb.lemma in ("get", "take", "lead", "carry", "remove") and not any(
        m.side is Side.CIVIL for m in whom
    ):
        return None
    return agents_of(use.agents()) + patients_of(whom)


def withdraw(use: Use) -> Slots:
    """A force leaves, or is withdrawn by its state: agent only."""
    if use.passive:
        moved = use.subject_mentions()
        who = use.agents() or [m for m in moved if m.side is not Side.CIVIL]
        return agents_of(who) if who and moved else None
    if use.object is not None:
        words = use.target_words()
        owner = use.clause.readings[use.object]
        if use.vocabulary.sets["force_object"].isdisjoint(words) and not (
            owner and owner.mention and owner.mention.side in (Side.STATE, Side.ARMED)
        ):
            return None
        who = use.agents() or ([owner.owner] if owner and owner.owner else [])
        return agents_of(who) if who else None
    who = [m for m in use.agents() if m.side is not Side.CIVIL or m.kind == "people"]
    return agents_of(who) if who and _moves_forces(use, who) else None


def _moves_forces(use: Use, who: list[Mention]) -> bool:
    """Whether an intransitive "withdraw" is of forces from a place, not of a party from talks."""
    words = set(use.after(7))
    if words & use.vocabulary.sets["legal_politics"]:
        return False
    if any(
        m.role is not None
        and m.role.cls in (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON, RoleClass.STAFF)
        for m in who
    ):
        return True
    if any(m.side is Side.ARMED or m.kind in ("pronoun", "actor", "member", "people") for m in who):
        return True
    places = [k for _, k in behind(use.clause, use.at, frozenset(("from", "to", "of")))]
    return any(
        (use.clause.readings[k] is not None and use.clause.readings[k].place)
        or checks.is_territory(use.vocabulary, use.clause, k, strict=True)
        for k in places
    )  # type: ignore[union-attr]


def vacate(use: Use) -> Slots:
    """Forces give up positions."""
    who = [m for m in use.agents() if checks.is_force(m)]
    if use.passive or not who or not checks.is_territory(use.vocabulary, use.clause, use.object, strict=True):
        return None
    return agents_of(who)


def leave(use: Use) -> Slots:
    """Fighters or diplomats leave a place."""
    who = [
        m
        for m in use.subject_mentions()
        if m.role is not None and m.role.cls in (RoleClass.FORCE, RoleClass.FIGHTER) and m.role.plural
    ]
    if not who or use.passive:
        return None
    ground = use.object is not None and checks.is_territory(
        use.vocabulary, use.clause, use.object, strict=True
    )
    return agents_of(who) if ground or _is_ordered(use) else None


def _is_ordered(use: Use) -> bool:
    return any(
        low in ("buses", "deal", "agreement", "convoy") for low in use.clause.lows(0, len(use.clause.tokens))
    )


def ordered(use: Use) -> Slots:
    """ "ordered residents to leave": an evacuation order; who gives it is the subject of the governing verb."""
    if not use.verb.infinitive:
        return None
    return orders.order_slots(use.vocabulary, use.clause, use.at, use.subject)


def clearout(use: Use) -> Slots:
    who = use.agents()
    whom = [
        m
        for _, k in behind(use.clause, use.at, frozenset(("of",)))
        for m in all_mentions(use.clause, k, back=False)
    ]
    return agents_of(who) + patients_of(whom) if who and whom else None
