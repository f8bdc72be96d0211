"""Events that verbs report."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from schemas.event import EventType, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import agents, all_mentions, behind, patients
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, object_of, subject_before, subject_of
from transforms.logic.coding.frames import checks
from transforms.logic.coding.frames.proposals import Proposal, Slot, agents_of, patients_of
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.vocabulary import Particle, VerbFrame, Vocabulary

_BY = frozenset(("by",))
_FROM = frozenset(("from",))
_TO = frozenset(("to",))
_AT = frozenset(("at", "on", "against", "into", "towards", "toward", "targeting", "onto"))


class Use(NamedTuple):
    """One verb group under one frame with its slots found: subject and object are of the active voice."""

    vocabulary: Vocabulary
    clause: Clause
    at: int
    verb: VerbGroup
    frame: VerbFrame
    passive: bool
    subject: int | None
    object: int | None
    by: tuple[int, ...]

    def agents(self) -> list[Mention]:
        """The actors in the slot of the one who acts."""
        if self.passive:
            found = [m for k in self.by for m in all_mentions(self.clause, k, back=False)]
        else:
            found = self.subject_mentions()
        return agents(found, self.frame.event_type)

    def subject_mentions(self) -> list[Mention]:
        """The actors of the grammatical subject, or the owner of a subject such as "Israeli strikes"."""
        if self.subject is None:
            return []
        reading = self.clause.readings[self.subject]
        found = all_mentions(self.clause, self.subject, back=True)
        if (
            not found
            and reading is not None
            and reading.owner is not None
            and (reading.trigger or reading.is_weapon)
        ):
            return [reading.owner]
        return found

    def undergoer(self) -> int | None:
        """The chunk of what is acted on."""
        return self.subject if self.passive else self.object

    def patients(self, prep: str = "") -> list[Mention]:
        """The actors of what is acted on."""
        if self.passive:
            if self.subject is None:
                return []
            return [m for m in all_mentions(self.clause, self.subject, back=True) if m.kind != "capital"]
        return patients(self.clause, self.object, prep, self.frame.event_type)

    def target_words(self) -> list[str]:
        """The words of what is acted on."""
        k = self.undergoer()
        return self.clause.group_lows(k) if k is not None else []

    def after(self, count: int) -> list[str]:
        """The words behind the verb."""
        return self.clause.lows(self.verb.j, self.verb.j + count)


def propose_verb(vocabulary: Vocabulary, clause: Clause, at: int) -> Proposal | None:
    """What the verb group at chunk `at` reports, by the first frame of its verb that fits."""
    verb = clause.chunks[at]
    assert isinstance(verb, VerbGroup)
    for frame in vocabulary.verb_frames.get(verb.lemma, ()):
        if not _particle_fits(clause, verb, frame):
            continue
        use = _use(vocabulary, clause, at, verb, frame)
        if not frame.block.isdisjoint(use.after(8) + use.target_words()):
            continue
        slots = FRAMES[frame.frame](use)
        if slots is not None:
            ordered = frame.event_type is EventType.EVACUATION and checks.is_ordered(clause, at, verb)
            event_type, subtype = checks.refined(
                use.clause, frame, use.subject if not use.passive else None, use.after(8)
            )
            subtype = "order" if ordered else subtype
            return Proposal(clause, event_type, subtype, frame.rule, at, verb.verb, True, None, tuple(slots))
    return None


def _particle_fits(clause: Clause, verb: VerbGroup, frame: VerbFrame) -> bool:
    return not frame.particles or any(_follows(clause, verb.j, particle) for particle in frame.particles)


def _follows(clause: Clause, at: int, particle: Particle) -> bool:
    words = list(particle.words)
    n = len(words)
    reach = 8 if particle.gap else 3
    lows = clause.lows(at, at + reach + n)
    for k in range(0, min(reach, len(lows) - n + 1)):
        if lows[k : k + n] == words:
            return (
                particle.gap
                or k == 0
                or all(clause.tokens[at + i].cls in "DBN" for i in range(k))
                and n > 1
                and k <= 2
            )
    return False


def _use(vocabulary: Vocabulary, clause: Clause, at: int, verb: VerbGroup, frame: VerbFrame) -> Use:
    target = object_of(clause, at)
    subject = subject_of(vocabulary, clause, at)
    passive = verb.passive
    if verb.reduced and not passive and _is_reduced(clause, at, target):
        passive = True
        subject = at - 1 if clause.kind(at - 1) == "NP" else subject
        if clause.kind(at - 1) == "S":
            subject = subject_before(vocabulary, clause, at - 1)
    by = tuple(k for _, k in behind(clause, at, _BY)) if passive else ()
    return Use(vocabulary, clause, at, verb, frame, passive, subject, target, by)


def _is_reduced(clause: Clause, at: int, target: int | None) -> bool:
    """Whether a bare past form is a participle: "a town captured by rebels", "fighters evacuated from Aleppo arrived"."""
    if clause.low(at + 1) == "by" or (clause.kind(at + 1) in ("B", "L") and clause.low(at + 2) == "by"):
        return True
    if target is not None or clause.kind(at - 1) != "NP":
        return False
    for k in range(at + 1, len(clause.chunks)):
        if clause.kind(k) == "VG":
            later = clause.chunks[k]
            return isinstance(later, VerbGroup) and not later.infinitive and not later.gerund
        if clause.kind(k) in (",", "C", "S", "W", ";"):
            return False
    return False


Slots = list[Slot] | None


def _attack(use: Use) -> Slots:
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
    if use.passive and not use.by and not _military(whom) and use.frame.event_type is EventType.OFFENSIVE:
        if use.frame.subtype != "siege":
            return None
    if checks.has_bomber(use.clause):
        return None
    return agents_of(who) + patients_of(_not_agents(whom, who))


def _military(mentions: list[Mention]) -> bool:
    return any(m.side in (Side.STATE, Side.ARMED) for m in mentions)


def _not_agents(whom: list[Mention], who: list[Mention]) -> list[Mention]:
    ids = {m.actor_id for m in who if m.actor_id}
    return [m for m in whom if not (m.actor_id and m.actor_id in ids)]


def _pound(use: Use) -> Slots:
    """Verbs that are strikes only with a weapon about: "hit", "target", "pound"."""
    who = use.agents()
    weapon_subject = not use.passive and checks.is_weapon(use.vocabulary, use.clause, use.subject)
    if not weapon_subject and not (who and checks.weapon_near(use.vocabulary, use.clause)):
        k = use.undergoer()
        reading = use.clause.readings[k] if k is not None else None
        military = reading is not None and reading.is_property and reading.owner is not None
        if not (who and military and use.frame.rule.split(":")[1] in ("strike", "hit", "target", "pound")):
            if not (use.passive and checks.weapon_near(use.vocabulary, use.clause)):
                return None
    if use.passive and not who:
        who = _instrument(use)
    return agents_of(who) + patients_of(_not_agents(use.patients(), who))


def _instrument(use: Use) -> list[Mention]:
    """ "hit by an Israeli missile": the weapon's owner."""
    found = []
    for k in use.by:
        reading = use.clause.readings[k]
        if reading is not None and reading.owner is not None:
            found.append(reading.owner)
    return agents(found, use.frame.event_type)


def _fire(use: Use) -> Slots:
    """Weapons sent at somebody."""
    words = use.target_words()
    projectiles = use.vocabulary.sets["projectile"]
    if projectiles.isdisjoint(words):
        return None
    who = use.agents()
    whom: list[Mention] = []
    for prep, k in behind(use.clause, use.at, _AT):
        whom += patients(use.clause, k, prep if prep == "into" else "at", EventType.STRIKE)
    if not who and not use.passive:
        return None
    return agents_of(who) + patients_of(_not_agents(whom, who))


def _land(use: Use) -> Slots:
    """Weapons that come down: the weapon is the subject."""
    if not checks.is_weapon(use.vocabulary, use.clause, use.subject) or use.subject is None:
        return None
    reading = use.clause.readings[use.subject]
    who = agents([reading.owner], EventType.STRIKE) if reading is not None and reading.owner else []
    whom = [
        m
        for prep, k in behind(use.clause, use.at, _AT | {"in", "near"})
        for m in patients(use.clause, k, prep, EventType.STRIKE)
    ]
    return agents_of(who) + patients_of(whom)


def _kill(use: Use) -> Slots:
    """ "warplanes killed", "missiles destroyed": a strike when the doer is a weapon; its victims are patients."""
    if checks.has_bomber(use.clause):
        return None
    if use.passive:
        weapons = [k for k in use.by if checks.is_weapon(use.vocabulary, use.clause, k)]
        if not weapons:
            return None
        return agents_of(_instrument(use) or use.agents()) + patients_of(use.patients())
    if use.subject is None or not checks.is_weapon(use.vocabulary, use.clause, use.subject):
        return None
    reading = use.clause.readings[use.subject]
    if reading is not None and reading.trigger is not None:
        return None
    return agents_of(use.agents()) + patients_of(use.patients())


def _capture(use: Use) -> Slots:
    """Ground taken, and from whom."""
    who = use.agents()
    target = use.undergoer()
    if use.frame.object and not checks.is_territory(
        use.vocabulary, use.clause, target, strict=use.frame.object == "territory"
    ):
        return None
    if not checks.armed_subject(use.clause, use.subject if not use.passive else None, who):
        return None
    if not who and not (use.passive and target is not None):
        return None
    if use.frame.particles and not use.frame.object and not _over_territory(use):
        return None
    whom = [
        m
        for prep, k in behind(use.clause, use.at, _FROM)
        for m in patients(use.clause, k, "", EventType.OFFENSIVE)
        if m.side in (Side.STATE, Side.ARMED) and m.kind != "capital"
    ]
    if target is not None:
        reading = use.clause.readings[target]
        if reading is not None:
            whom += reading.held
            if reading.is_property and reading.owner is not None:
                whom.append(reading.owner)
    return agents_of(who) + patients_of(_not_agents(whom, who))


def _over_territory(use: Use) -> bool:
    """Whether "took control of" is followed by ground."""
    places = behind(use.clause, use.at, frozenset(("of", "over")))
    if not places:
        target = use.object
        return target is not None and checks.is_territory(use.vocabulary, use.clause, target, strict=True)
    return any(checks.is_territory(use.vocabulary, use.clause, k, strict=True) for _, k in places[:2])


def _clear(use: Use) -> Slots:
    """ "cleared the district of militants": those cleared out are patients."""
    who = use.agents()
    whom = [
        m
        for _, k in behind(use.clause, use.at, frozenset(("of",)))
        for m in all_mentions(use.clause, k, back=False)
    ]
    whom = [m for m in whom if m.side is Side.ARMED or m.side is Side.STATE]
    return agents_of(who) + patients_of(whom) if who and whom else None


def _lose(use: Use) -> Slots:
    """Ground lost: the loser is attacked, the taker stands behind "to"."""
    if use.frame.object and not checks.is_territory(use.vocabulary, use.clause, use.object, strict=True):
        return None
    losers = [m for m in use.subject_mentions() if m.side in (Side.STATE, Side.ARMED) or m.kind == "pronoun"]
    takers = [m for _, k in behind(use.clause, use.at, _TO) for m in all_mentions(use.clause, k, back=False)]
    takers = agents(takers, EventType.OFFENSIVE)
    if not losers or use.passive or (not takers and not use.frame.particles):
        return None
    return agents_of(takers) + patients_of(losers)


def _fall(use: Use) -> Slots:
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


def _advance(use: Use) -> Slots:
    """Ground gained by armed actors."""
    who = [m for m in use.agents() if checks.is_force(m)]
    if not who or use.passive or (use.verb.lemma == "advance" and use.object is not None):
        return None
    whom = [
        m
        for prep, k in behind(
            use.clause, use.at, frozenset(("on", "against", "into", "towards", "toward", "through", "from"))
        )
        for m in _opponents(use, k, prep)
    ]
    return agents_of(who) + patients_of(_not_agents(whom, who))


def _opponents(use: Use, k: int, prep: str) -> list[Mention]:
    found = patients(use.clause, k, "into", EventType.OFFENSIVE)
    return [
        m
        for m in found
        if m.side in (Side.STATE, Side.ARMED) and m.kind not in ("country", "capital", "people")
    ]


def _enter(use: Use) -> Slots:
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


def _send(use: Use) -> Slots:
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


def _expel(use: Use) -> Slots:
    """Fighters driven out."""
    who = use.agents()
    whom = [
        m
        for m in use.patients()
        if m.side in (Side.STATE, Side.ARMED) and m.kind not in ("country", "capital", "leader")
    ]
    whom = [
        m
        for m in whom
        if m.role is None or m.role.cls in (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
    ]
    if not whom or not (who or use.passive):
        return None
    if not checks.armed_subject(use.clause, use.subject if not use.passive else None, who):
        return None
    return agents_of(who) + patients_of(_not_agents(whom, who))


def _repel(use: Use) -> Slots:
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
    return agents_of(attackers) + patients_of(_not_agents(defenders, attackers)) if attackers else None


def _evacuate(use: Use) -> Slots:
    """People brought out; without an object, people who leave, or forces that do."""
    if checks.is_ordered(use.clause, use.at, use.verb):
        ordered = checks.order_slots(use.vocabulary, use.clause, use.at, use.subject)
        if ordered is not None:
            return ordered
    whom = use.patients() if (use.passive or use.object is not None) else []
    whom = [m for m in whom if m.kind not in ("country", "capital")]
    who = use.agents()
    if use.passive:
        if not whom and _is_emptied(use):
            whom = [checks.people_at(use.vocabulary, use.verb.verb)]
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


def _bring(use: Use) -> Slots:
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


def _withdraw(use: Use) -> Slots:
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


def _vacate(use: Use) -> Slots:
    """Forces give up positions."""
    who = [m for m in use.agents() if checks.is_force(m)]
    if use.passive or not who or not checks.is_territory(use.vocabulary, use.clause, use.object, strict=True):
        return None
    return agents_of(who)


def _leave(use: Use) -> Slots:
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


def _ordered(use: Use) -> Slots:
    """ "ordered residents to leave": an evacuation order; who gives it is the subject of the governing verb."""
    if not use.verb.infinitive:
        return None
    return checks.order_slots(use.vocabulary, use.clause, use.at, use.subject)


def _clearout(use: Use) -> Slots:
    who = use.agents()
    whom = [
        m
        for _, k in behind(use.clause, use.at, frozenset(("of",)))
        for m in all_mentions(use.clause, k, back=False)
    ]
    return agents_of(who) + patients_of(whom) if who and whom else None


def _openfire(use: Use) -> Slots:
    who = [m for m in use.agents() if checks.is_force(m)]
    whom = [
        m
        for prep, k in behind(use.clause, use.at, frozenset(("on", "at")))
        for m in patients(use.clause, k, "at", EventType.OFFENSIVE)
    ]
    return agents_of(who) + patients_of(whom) if who and _military(whom) else None


def _exchange(use: Use) -> Slots:
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


def _light(use: Use) -> Slots:
    """Carried by its noun; the noun's frame codes it."""
    return None


FRAMES: Mapping[str, Callable[[Use], Slots]] = {
    "attack": _attack,
    "pound": _pound,
    "fire": _fire,
    "land": _land,
    "kill": _kill,
    "capture": _capture,
    "clear": _clear,
    "lose": _lose,
    "fall": _fall,
    "advance": _advance,
    "enter": _enter,
    "send": _send,
    "expel": _expel,
    "repel": _repel,
    "evacuate": _evacuate,
    "bring": _bring,
    "withdraw": _withdraw,
    "vacate": _vacate,
    "leave": _leave,
    "ordered": _ordered,
    "clearout": _clearout,
    "openfire": _openfire,
    "exchange": _exchange,
    "light": _light,
}
"""What each `frame` of `verbs.tsv` does: slots of a use, or None when it is not that event."""
