"""Verbs of fights between two sides: attacks beaten back, fighters driven out, fire exchanged."""

from schemas.event import EventType, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import agents, behind, patients
from transforms.logic.coding.frames import checks
from transforms.logic.coding.frames.proposals import agents_of, patients_of
from transforms.logic.coding.frames.uses import Slots, Use, is_military, without
from transforms.logic.coding.mentions import Mention


def repel(use: Use) -> Slots:
    """An attack beaten back: the attacker acted, the defender was attacked."""
    defenders = use.agents()
    target = use.undergoer()
    reading = use.clause.readings[target] if target is not None else None
    if reading is None or target is None or not defenders:
        return None
    if reading.trigger is not None:
        return None
    attackers = agents(use.patients(), EventType.OFFENSIVE)
    attackers = [m for m in attackers if checks.is_force(m) and m.kind != "country"]
    return agents_of(attackers) + patients_of(without(defenders, attackers)) if attackers else None


def expel(use: Use) -> Slots:
    """Fighters driven out."""
    who = use.agents()
    beaten = use.verb.lemma in use.vocabulary.sets["beat_back"] or any(_bears_arms(m) for m in who)
    whom = [
        m
        for m in use.patients()
        if (m.side in (Side.STATE, Side.ARMED) and m.kind not in ("country", "capital", "leader"))
        or (m.kind == "people" and m.definite and beaten)
    ]
    whom = [
        m
        for m in whom
        if m.role is None or m.role.cls in (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
    ]
    if not whom or not (who or use.passive or _is_event(use, use.subject)):
        return None
    if not checks.armed_subject(use.clause, use.subject if not use.passive else None, who):
        return None
    return agents_of(who) + patients_of(without(whom, who))


def _bears_arms(mention: Mention) -> bool:
    role = mention.role
    return role is not None and role.cls in (RoleClass.FORCE, RoleClass.FIGHTER)


def _is_event(use: Use, at: int | None) -> bool:
    """Whether a subject is itself an attack: "the offensive routed the brigade"."""
    reading = use.clause.readings[at] if at is not None else None
    return reading is not None and reading.trigger is not None


def openfire(use: Use) -> Slots:
    """Armed actors fire on others that are armed."""
    who = [m for m in use.agents() if checks.is_force(m)]
    whom = [
        m
        for prep, k in behind(use.clause, use.at, frozenset(("on", "at")))
        for m in patients(use.clause, k, "at", EventType.OFFENSIVE)
    ]
    heavy = checks.is_weapon(use.vocabulary, use.clause, use.subject)
    return agents_of(who) + patients_of(without(whom, who)) if who and (heavy or is_military(whom)) else None


def exchange(use: Use) -> Slots:
    """Two sides fire on each other: both do and both suffer it."""
    words = use.target_words()
    who = [m for m in use.agents() if m.side in (Side.STATE, Side.ARMED)]
    fire = {
        "fire",
        "rockets",
        "missiles",
        "shelling",
        "strikes",
        "artillery",
        "rocket",
        "blows",
        "airstrikes",
    }
    if len(who) < 2 or fire.isdisjoint(words):
        return None
    return agents_of(who) + patients_of(who)
