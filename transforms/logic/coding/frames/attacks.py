"""Verbs of attack and of strikes."""

from schemas.event import EventType, Side
from transforms.logic.coding.arguments import agents, behind, patients
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import object_of
from transforms.logic.coding.frames import checks
from transforms.logic.coding.frames.proposals import agents_of, patients_of
from transforms.logic.coding.frames.uses import Slots, Use, instrument_owners, is_military, without
from transforms.logic.coding.mentions import Mention

_DOWN = frozenset(("down", "sky", "skies"))
_STOPPING = frozenset(("intercept", "down", "shoot", "thwart", "foil", "destroy"))
"""Verbs of those who stop a weapon on its way."""
_PLACES = frozenset(("on", "in", "near", "at", "from", "into", "across", "around"))
_AT = frozenset(("at", "on", "against", "into", "towards", "toward", "targeting", "onto"))


def attack(use: Use) -> Slots:
    """Attacker and attacked. A verb of violence needs somebody who can do it, or somebody attacked."""
    who = use.agents()
    whom = use.patients()
    if not checks.armed_subject(use.clause, use.subject if not use.passive else None, who):
        return None
    if (
        not who
        and not whom
        and not (use.passive and use.subject is not None and use.frame.event_type is EventType.STRIKE)
    ):
        return None
    flown = use.frame.subtype == "advance" and not use.passive
    if flown and checks.is_weapon(use.vocabulary, use.clause, use.subject):
        return None
    if use.frame.subtype == "siege" and who and all(m.kind == "people" for m in who):
        return None
    if _is_idle(use, who, whom) or (use.verb.lemma == "attack" and checks.is_spoken(who, whom, use.clause)):
        return None
    if _is_open(use) and not is_military(whom):
        return None
    if (
        use.after(1) == ["out"]
        or checks.has_bomber(use.vocabulary, use.clause)
        or _by_nobody(use, who)
        or _single_person(use, whom)
    ):
        return None
    return agents_of(who) + patients_of(without(whom, who))


def _is_idle(use: Use, who: list[Mention], whom: list[Mention]) -> bool:
    """Whether nobody is said to attack anybody: "the variant of England attacks faster"."""
    if use.passive:
        return False
    bare = all(m.kind in ("country", "capital", "people", "adjective") for m in who)
    if who and bare and not whom and not _has_target(use):
        return True
    return any(m.low in ("we", "i", "you") for m in who) and all(m.low == "it" for m in whom)


def _has_target(use: Use) -> bool:
    """Whether an active verb has an object of more than a word such as "faster", or a place behind it."""
    if behind(use.clause, use.at, _PLACES):
        return True
    if use.object is None:
        return False
    return len(use.target_words()) > 1 or checks.is_territory(
        use.vocabulary, use.clause, use.object, strict=False
    )


def _is_open(use: Use) -> bool:
    """Whether a passive leaves open who attacked: of civilians, that may be a crime."""
    offensive = use.frame.event_type is EventType.OFFENSIVE and use.frame.subtype != "siege"
    return offensive and use.passive and not use.by


def _by_nobody(use: Use, who: list[Mention]) -> bool:
    """Whether what stands behind "by" is neither an actor nor a weapon: "bombarded by calls"."""
    return (
        use.passive
        and bool(use.by)
        and not who
        and not any(checks.is_weapon(use.vocabulary, use.clause, k) for k in use.by)
    )


def _single_person(use: Use, whom: list[Mention]) -> bool:
    """Whether one person was attacked: a crime, not an operation."""
    if use.frame.event_type is not EventType.OFFENSIVE or use.passive or is_military(whom):
        return False
    if use.object is None:
        return False
    if use.clause.low(use.object) in ("him", "her", "me"):
        return True
    return (
        bool(whom)
        and all(m.role is not None and not m.role.plural and m.side is Side.CIVIL for m in whom)
        and use.target_words()[:1] in (["a"], ["an"], ["his"], ["her"])
    )


def pound(use: Use) -> Slots:
    """Verbs that are strikes only with a weapon about: "hit", "target", "pound"."""
    if checks.has_bomber(use.vocabulary, use.clause) or "sanctions" in use.clause.words:
        return None
    if _is_stopped(use) or (use.passive and _flies(use, use.subject)):
        return None
    who = use.agents()
    if who and all(m.side is Side.ARMED for m in who) and checks.only_bombs_near(use.vocabulary, use.clause):
        return None
    weapon_subject = not use.passive and checks.is_weapon(use.vocabulary, use.clause, use.subject)
    if not weapon_subject and not (who and checks.weapon_near(use.vocabulary, use.clause)):
        k = use.undergoer()
        reading = use.clause.readings[k] if k is not None else None
        military = reading is not None and reading.is_property
        if not (who and (_plain(use, military) or _on_country(use, who))):
            struck = any(checks.is_weapon(use.vocabulary, use.clause, k) for k in use.by)
            if not (use.passive and (struck or checks.weapon_near(use.vocabulary, use.clause))):
                return None
    if use.passive and not who:
        who = instrument_owners(use)
    return agents_of(who) + patients_of(without(use.patients(), who))


def _is_stopped(use: Use) -> bool:
    """Whether what would hit was stopped: "intercepted two drones targeting the base"."""
    if not use.verb.gerund:
        return False
    for k in range(use.at - 1, -1, -1):
        verb = use.clause.chunks[k]
        if isinstance(verb, VerbGroup):
            target = object_of(use.clause, k)
            return verb.lemma in _STOPPING and checks.is_weapon(use.vocabulary, use.clause, target)
    return False


_SHELLING = frozenset(("pound", "pummel", "hammer", "blitz", "rocket", "torpedo"))
"""Verbs that armed actors do to places with heavy weapons only."""


def _plain(use: Use, military: bool) -> bool:
    lemma = use.verb.lemma
    place = checks.is_territory(use.vocabulary, use.clause, use.undergoer(), strict=True)
    return (military and lemma in ("strike", "hit", "target", "pound")) or (lemma in _SHELLING and place)


def _on_country(use: Use, who: list[Mention]) -> bool:
    """ "keeps hitting Ukraine": a state or group on a whole foreign country."""
    k = use.undergoer()
    reading = use.clause.readings[k] if k is not None else None
    if reading is None or not reading.whole_country or use.verb.lemma not in ("strike", "hit", "target"):
        return False
    target = reading.mention
    return target is not None and any(m.who != target.who and m.side in (Side.STATE, Side.ARMED) for m in who)


_TESTED = frozenset(("ballistic", "long-range", "medium-range", "short-range", "intercontinental"))
"""Words of missiles that, sent at nothing that is named, are only tried."""


def _flies(use: Use, k: int | None) -> bool:
    """Whether what is fired at is an aircraft, which is shot down, not struck."""
    return k is not None and use.clause.low(k) in use.vocabulary.sets["air_weapon"]


def fire(use: Use) -> Slots:
    """Weapons sent at somebody."""
    words = use.target_words()
    if (
        use.object is not None
        and use.clause.low(use.object + 1) == "of"
        and use.clause.kind(use.object + 2) == "NP"
    ):
        words = words + use.clause.group_lows(use.object + 2)
    projectiles = use.vocabulary.sets["projectile"]
    if projectiles.isdisjoint(words):
        return None
    if use.verb.lemma == "shoot" and not _DOWN.isdisjoint(use.after(12)):
        return None
    who = use.agents()
    whom: list[Mention] = []
    targets = behind(use.clause, use.at, _AT)
    if not targets and (use.verb.lemma == "send" or not _TESTED.isdisjoint(words)):
        return None
    if any(_flies(use, k) for _, k in targets):
        return None
    for prep, k in targets:
        whom += patients(use.clause, k, prep if prep == "into" else "at", EventType.STRIKE)
    if not who and not use.passive:
        return None
    return agents_of(who) + patients_of(without(whom, who))


def land(use: Use) -> Slots:
    """Weapons that come down: the weapon is the subject."""
    if not checks.is_weapon(use.vocabulary, use.clause, use.subject) or use.subject is None:
        return None
    if checks.has_bomber(use.vocabulary, use.clause):
        return None
    reading = use.clause.readings[use.subject]
    who = agents([reading.owner], EventType.STRIKE) if reading is not None and reading.owner else []
    whom = [
        m
        for prep, k in behind(use.clause, use.at, _AT | {"in", "near"})
        for m in patients(use.clause, k, prep, EventType.STRIKE)
    ]
    return agents_of(who) + patients_of(whom)


def kill(use: Use) -> Slots:
    """ "missiles destroyed": a strike when the doer is a weapon; its victims are patients."""
    if checks.has_bomber(use.vocabulary, use.clause):
        return None
    if "bulldozers" in use.clause.lows(0, len(use.clause.tokens)):
        return None
    if use.passive:
        weapons = [k for k in use.by if checks.is_weapon(use.vocabulary, use.clause, k)]
        if not weapons:
            return None
        return agents_of(instrument_owners(use) or use.agents()) + patients_of(use.patients())
    if use.subject is None or not checks.is_weapon(use.vocabulary, use.clause, use.subject):
        return None
    reading = use.clause.readings[use.subject]
    if reading is not None and reading.trigger is not None:
        return None
    return agents_of(use.agents()) + patients_of(use.patients() + _burnt(use))


def _burnt(use: Use) -> list[Mention]:
    """What is set "on fire": behind "set fire to" or beside "ablaze"."""
    if use.object is None or use.clause.low(use.object) not in use.vocabulary.sets["fire_word"]:
        return []
    nxt = use.object + 1
    at = (
        [nxt]
        if use.clause.kind(nxt) == "NP"
        else [k for _, k in behind(use.clause, use.at, frozenset(("to",)))]
    )
    return [m for k in at[:1] for m in patients(use.clause, k, "", EventType.STRIKE)]
