"""Verbs of ground won and lost."""

from schemas.event import EventType, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import agents, all_mentions, as_force, behind, patients
from transforms.logic.coding.frames import checks
from transforms.logic.coding.frames.proposals import agents_of, patients_of
from transforms.logic.coding.frames.uses import Slots, Use, without
from transforms.logic.coding.mentions import Mention

_FROM = frozenset(("from",))
_TO = frozenset(("to",))


def capture(use: Use) -> Slots:
    """Ground taken, and from whom."""
    who = use.agents()
    target = use.undergoer()
    whom = _losers(use)
    strict = use.frame.object == "territory" and not whom
    ground = checks.is_territory(use.vocabulary, use.clause, target, strict=strict)
    if use.frame.object and not (ground or (whom and _is_named(use, target))):
        return None
    if not checks.armed_subject(use.clause, use.subject if not use.passive else None, who):
        return None
    if not who and not (use.passive and target is not None):
        return None
    if use.frame.particles and not use.frame.object and not _over_territory(use):
        return None
    if target is not None:
        reading = use.clause.readings[target]
        if reading is not None:
            whom += reading.held
            if reading.is_property and reading.owner is not None:
                whom.append(as_force(reading.owner))
            whom += _base_owners(use, target)
    return agents_of(who) + patients_of(without(whom, who))


def _is_named(use: Use, target: int | None) -> bool:
    """Whether what is taken is "it" or a name unknown to the lexicon: "took Sheikh Miskin from rebels"."""
    if target is None:
        return False
    if use.clause.low(target) == "it":
        return True
    group = use.clause.chunks[target]
    return all(t.upper and t.cls == "N" for t in use.clause.tokens[group.i : group.j])


def _base_owners(use: Use, target: int) -> list[Mention]:
    """ "overran two army bases": whose bases they are."""
    based = [m for k in [target] for m in all_mentions(use.clause, k, back=use.passive)]
    return [
        m for m in based if m.role is not None and m.role.cls is RoleClass.OFFICE and m.side is Side.STATE
    ]


def _losers(use: Use) -> list[Mention]:
    """Those from whom ground is taken."""
    found = [
        m
        for _, k in behind(use.clause, use.at, _FROM)
        for m in patients(use.clause, k, "", EventType.OFFENSIVE)
    ]
    return [
        m._replace(own=False, definite=m.definite or m.kind == "people")
        for m in found
        if (m.side in (Side.STATE, Side.ARMED) and m.kind != "capital") or m.kind == "people"
    ]


def _over_territory(use: Use) -> bool:
    """Whether "took control of" is followed by ground."""
    places = behind(use.clause, use.at, frozenset(("of", "over")))
    if not places:
        target = use.object
        return target is not None and checks.is_territory(use.vocabulary, use.clause, target, strict=True)
    return any(checks.is_territory(use.vocabulary, use.clause, k, strict=True) for _, k in places[:2])


def clear(use: Use) -> Slots:
    """ "cleared the district of militants": those cleared out are patients."""
    who = use.agents()
    whom = [
        m
        for _, k in behind(use.clause, use.at, frozenset(("of",)))
        for m in all_mentions(use.clause, k, back=False)
    ]
    whom = [m for m in whom if m.side is Side.ARMED or m.side is Side.STATE]
    return agents_of(who) + patients_of(whom) if who and whom else None


def lose(use: Use) -> Slots:
    """Ground lost: the loser is attacked, the taker stands behind "to"."""
    if use.frame.object and not checks.is_territory(use.vocabulary, use.clause, use.object, strict=True):
        return None
    losers = [m for m in use.subject_mentions() if m.side in (Side.STATE, Side.ARMED) or m.kind == "pronoun"]
    takers = [m for _, k in behind(use.clause, use.at, _TO) for m in all_mentions(use.clause, k, back=False)]
    takers = agents(takers, EventType.OFFENSIVE)
    if not losers or use.passive or (not takers and not use.frame.particles):
        return None
    return agents_of(takers) + patients_of(losers)


def fall(use: Use) -> Slots:
    """A place falls to somebody."""
    takers = [
        m
        for _, k in behind(use.clause, use.at, frozenset(("to", "of")))
        for m in all_mentions(use.clause, k, back=False)
    ]
    takers = [m for m in agents(takers, EventType.OFFENSIVE) if m.kind not in ("people", "capital")]
    reading = use.clause.readings[use.subject] if use.subject is not None else None
    if (
        not takers
        or reading is None
        or not checks.is_territory(use.vocabulary, use.clause, use.subject, strict=True)
    ):
        return None
    return agents_of(takers) + patients_of(list(reading.held))


def advance(use: Use) -> Slots:
    """Ground gained by armed actors."""
    who = [m for m in use.agents() if checks.is_force(m)]
    if not who or use.passive or (use.verb.lemma == "advance" and use.object is not None):
        return None
    if use.verb.lemma not in ("advance", "gain", "make", "close", "converge", "march") and not _into_ground(
        use
    ):
        return None
    whom = [
        m
        for prep, k in behind(
            use.clause, use.at, frozenset(("on", "against", "into", "towards", "toward", "through", "from"))
        )
        for m in _opponents(use, k, prep)
    ]
    return agents_of(who) + patients_of(without(whom, who))


def _into_ground(use: Use) -> bool:
    """Whether what is pushed into is ground or a fighting side, not a building or an account."""
    for _, k in behind(
        use.clause, use.at, frozenset(("into", "towards", "toward", "through", "across", "on", "to", "onto"))
    ):
        if checks.is_territory(use.vocabulary, use.clause, k, strict=True) or _opponents(use, k, "into"):
            return True
    return False


def _opponents(use: Use, k: int, prep: str) -> list[Mention]:
    found = patients(use.clause, k, "into", EventType.OFFENSIVE)
    reading = use.clause.readings[k]
    lines = reading is not None and reading.is_property
    return [
        m._replace(kind="adjective") if m.kind == "people" else m
        for m in found
        if m.side in (Side.STATE, Side.ARMED)
        and m.kind not in ("country", "capital")
        and (lines or m.kind != "people")
    ]


def _forces(use: Use) -> list[Mention]:
    """The subject's armed actors, told by a role or a group's name."""
    kinds = ("role", "actor", "member", "context")
    found = [m for m in use.subject_mentions() if checks.is_force(m) and m.kind in kinds]
    armed = (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
    owners = checks.is_ordnance(use.vocabulary, use.clause, use.subject) if use.subject is not None else False
    found += agents(use.subject_mentions(), EventType.OFFENSIVE) if owners and not found else []
    return [m for m in found if m.role is None or m.role.cls in armed]


def cross(use: Use) -> Slots:
    """ "crossed the river", "crossed from Kuwait": a force does, and into what others hold."""
    who = _forces(use)
    lines = use.vocabulary.sets["line_of_advance"]
    over = use.object is not None and (
        not lines.isdisjoint(use.target_words())
        or checks.is_territory(use.vocabulary, use.clause, use.object, strict=True)
    )
    from_place = use.object is None and any(
        checks.is_territory(use.vocabulary, use.clause, k, strict=True)
        for _, k in behind(use.clause, use.at, _FROM)
    )
    if not who or use.passive or not (over or from_place):
        return None
    return agents_of(who)


def ring(use: Use) -> Slots:
    """ "closed the ring around the town", "sealed off the camp"."""
    who = _forces(use)
    around = [k for _, k in behind(use.clause, use.at, frozenset(("around", "on", "of", "round")))]
    words = use.vocabulary.sets["ring_word"]
    if words.isdisjoint(use.target_words()):
        around = [k for k in (use.at + 2, use.at + 1) if use.clause.kind(k) == "NP"][:1]
        if use.clause.low(use.at + 1) != "off" or not any(m.role is not None for m in who):
            return None
    if not who or use.passive:
        return None
    if not any(checks.is_territory(use.vocabulary, use.clause, k, strict=False) for k in around):
        return None
    return agents_of(who)


def flag(use: Use) -> Slots:
    """ "hoisted their flag over the town": who raises it has taken it."""
    who = _forces(use)
    over = [k for _, k in behind(use.clause, use.at, frozenset(("over", "in", "on", "above", "atop")))]
    if not who or use.passive or use.vocabulary.sets["flag_word"].isdisjoint(use.target_words()):
        return None
    if not any(checks.is_territory(use.vocabulary, use.clause, k, strict=True) for k in over):
        return None
    held = [m for k in over for reading in [use.clause.readings[k]] if reading for m in reading.held]
    return agents_of(who) + patients_of(held)


def enter(use: Use) -> Slots:
    """Troops enter a place: weak words, so both must be plain."""
    who = [
        m
        for m in use.subject_mentions()
        if checks.is_force(m) and m.kind in ("role", "actor", "member", "context")
    ]
    who = [
        m
        for m in who
        if m.role is None or m.role.cls in (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
    ]
    who += [m for m in use.subject_mentions() if who and m.kind == "country"]
    where = (
        [use.object]
        if use.object is not None
        else [k for _, k in behind(use.clause, use.at, frozenset(("into", "to", "across")))]
    )
    if (
        not who
        or use.passive
        or not any(checks.is_territory(use.vocabulary, use.clause, k, strict=True) for k in where[:1])
    ):
        return None
    reading = use.clause.readings[where[0]] if where and where[0] is not None else None
    return agents_of(who) + patients_of(list(reading.held) if reading else [])


def send(use: Use) -> Slots:
    """ "sent troops into northern Syria"."""
    who = use.agents()
    forces = frozenset(
        (
            "troops",
            "forces",
            "soldiers",
            "tanks",
            "army",
            "ground troops",
            "ground forces",
            "fighters",
            "gunmen",
        )
    )
    if not who or use.passive or forces.isdisjoint(use.target_words()):
        return None
    where = [k for _, k in behind(use.clause, use.at, frozenset(("into", "across")))]
    return (
        agents_of(who)
        if any(checks.is_territory(use.vocabulary, use.clause, k, strict=True) for k in where)
        else None
    )
