"""Events that nouns report: "an offensive by X", "X's evacuation of Y"."""

from collections.abc import Callable, Mapping

from schemas.event import EventType, Side
from transforms.logic.coding.arguments import agents, all_mentions, patients
from transforms.logic.coding.chunks import NounGroup
from transforms.logic.coding.clauses import Clause, object_of
from transforms.logic.coding.frames import checks, departures
from transforms.logic.coding.frames.carrying import carrier_of, refined_noun
from transforms.logic.coding.frames.nouns import Noun
from transforms.logic.coding.frames.proposals import Proposal, Slot, agents_of, patients_of
from transforms.logic.coding.frames.sieges import under_siege
from transforms.logic.coding.frames.uses import is_military
from transforms.logic.coding.mentions import Mention, Reading
from transforms.logic.coding.subjects import subject_of
from transforms.logic.coding.vocabulary import NounFrame, Vocabulary

_ON = frozenset(("on", "against", "at", "targeting", "upon"))
_OF = frozenset(("of",))


def propose_noun(vocabulary: Vocabulary, clause: Clause, at: int) -> Proposal | None:
    """What the event noun in the group at chunk `at` reports."""
    group, reading = clause.chunks[at], clause.readings[at]
    assert isinstance(group, NounGroup)
    if reading is None or reading.trigger is None:
        return None
    frame = reading.trigger
    if _is_blocked(clause, group, reading, frame):
        return None
    carrier, is_subject = carrier_of(vocabulary, clause, at)
    noun = Noun(vocabulary, clause, at, group, reading, frame, carrier, is_subject)
    slots = FRAMES[frame.frame](noun)
    if slots is None:
        return None
    event_type, subtype = refined_noun(noun)
    return Proposal(
        clause,
        event_type,
        subtype,
        frame.rule,
        at,
        reading.trigger_at,
        False,
        None if _stalled(noun) else carrier,
        tuple(slots),
        hint=departures.hint(noun),
    )


def _stalled(noun: Noun) -> bool:
    """Whether an attack is said to have failed: it took place."""
    verb = noun.carried_by()
    if verb is None or not noun.is_subject or noun.frame.event_type is EventType.EVACUATION:
        return False
    return verb.lemma in noun.vocabulary.sets["stall_verb"] and not verb.modal


def _is_blocked(clause: Clause, group: NounGroup, reading: Reading, frame: NounFrame) -> bool:
    if group.i and clause.tokens[group.i - 1].low == "like" and clause.tokens[group.i].low in ("a", "an"):
        return True  # a comparison
    near = clause.lows(group.i, reading.trigger_at) + clause.lows(
        reading.trigger_at + 1, reading.trigger_at + 2
    )
    if group.possessor is not None:
        near += clause.lows(group.possessor.i, group.possessor.j)
    parts = {part for low in near for part in (low, *low.split("-"))}
    return not frame.block.isdisjoint(parts)


Slots = list[Slot] | None


def _without(whom: list[Mention], who: list[Mention]) -> list[Mention]:
    ids = {m.actor_id for m in who if m.actor_id}
    return [m for m in whom if not (m.actor_id and m.actor_id in ids)]


def _attack(noun: Noun) -> Slots:
    """Attacks of all kinds: "the army's assault on rebels", "an assault by the army against rebels"."""
    if _is_on_abstract(noun):
        return None
    who = noun.doers()
    whom = _targets(noun)
    if noun.frame.needs == "agent" and not [m for m in who if checks.is_force(m)] and not is_military(whom):
        return None
    if not who and noun.frame.event_type is EventType.OFFENSIVE and not whom:
        return [] if noun.word.endswith("invasion") and noun.group.possessor is None else None
    if noun.frame.event_type is EventType.OFFENSIVE and checks.has_bomber(noun.vocabulary, noun.clause):
        return None
    who = [m for m in who if checks.is_force(m)]
    if noun.frame.needs == "agent" and checks.is_spoken(who, whom, noun.clause):
        return None
    return agents_of(who) + patients_of(_without(whom, who))


def _is_on_abstract(noun: Noun) -> bool:
    """ "an assault on the freedom of the press"."""
    abstract = noun.vocabulary.sets["abstract"]
    return any(noun.clause.low(k) in abstract for _, k in noun.behind(_ON))


def _targets(noun: Noun) -> list[Mention]:
    behind = [] if noun.is_pinned() else noun.behind(_ON)
    whom = [m for prep, k in behind for m in patients(noun.clause, k, "at", noun.frame.event_type)]
    if noun.word in noun.vocabulary.sets["of_patient"]:
        whom += [
            m for _, k in noun.behind(_OF) for m in patients(noun.clause, k, "of", noun.frame.event_type)
        ]
    whom += [m for m in noun.carriers("patient") if m.kind != "capital"]
    invaded = noun.invaded()
    return [*whom, invaded] if invaded is not None else whom


def _strike(noun: Noun) -> Slots:
    """The bare word "strike": only by somebody armed, and on something or with a weapon about."""
    who = [m for m in noun.doers() if checks.is_force(m)]
    whom = _targets(noun)
    targeted = bool(noun.behind(_ON))
    signs = (bool(who), targeted or _harms(noun), checks.weapon_near(noun.vocabulary, noun.clause))
    if sum(signs) < 2:
        return None
    return agents_of(who) + patients_of(_without(whom, who))


def _harms(noun: Noun) -> bool:
    lows = set(noun.clause.lows(noun.reading.trigger_at - 10, noun.reading.trigger_at + 12))
    return bool(
        lows
        & {"killed", "kill", "killing", "hit", "destroyed", "wounded", "targeted", "targeting", "injured"}
    )


def _bombs(noun: Noun) -> Slots:
    """Bombs of a kind that only aircraft drop."""
    who = [m for m in noun.doers() if checks.is_force(m)]
    whom = _targets(noun)
    return agents_of(who) + patients_of(_without(whom, who)) if who else None


def _campaign(noun: Noun) -> Slots:
    """ "operation", "campaign", "push": only by a force, against somebody or to take ground."""
    who = [m for m in noun.doers() if checks.is_force(m)]
    whom = _targets(noun)
    if not who or not (whom or _has_aim(noun) or _on_ground(noun) or _is_of_troops(noun)):
        return None
    return agents_of(who) + patients_of(_without(whom, who))


def _is_of_troops(noun: Noun) -> bool:
    """ "The Turkish military campaign", "an air and ground campaign"."""
    words = {word for low in noun.clause.lows(noun.group.i, noun.reading.trigger_at) for word in low.split()}
    return not words.isdisjoint(("military", "ground"))


def _on_ground(noun: Noun) -> bool:
    """ "a push on the port of Hodeidah"."""
    return any(checks.is_territory(noun.vocabulary, noun.clause, k, strict=True) for _, k in noun.behind(_ON))


def _has_aim(noun: Noun) -> bool:
    lows = set(noun.clause.lows(noun.reading.trigger_at + 1, noun.reading.trigger_at + 8))
    return bool(
        lows
        & {
            "retake",
            "recapture",
            "capture",
            "liberate",
            "seize",
            "clear",
            "drive",
            "dislodge",
            "rout",
            "flush",
            "crush",
            "oust",
            "take",
            "neutralise",
            "neutralize",
            "eliminate",
            "destroy",
            "eradicate",
            "uproot",
        }
    )


def _advance(noun: Noun) -> Slots:
    who = [m for m in noun.doers() if checks.is_force(m)]
    if not who:
        who = [
            m
            for _, k in noun.behind(_OF)
            for m in all_mentions(noun.clause, k, back=False)
            if checks.is_force(m) and m.kind != "country"
        ]
    if not who:
        return None
    whom = [m for m in _targets(noun) if m.side in (Side.STATE, Side.ARMED)]
    return agents_of(who) + patients_of(_without(whom, who))


def _capture(noun: Noun) -> Slots:
    """ "capture of X by Y", "X's seizure of Y", "the fall of X to Y"."""
    where = [k for _, k in noun.behind(_OF)][:1]
    if not where or not checks.is_territory(noun.vocabulary, noun.clause, where[0], strict=True):
        return None
    who = noun.doers()
    if noun.word == "fall":
        who = agents(
            [m for _, k in noun.behind(frozenset(("to",))) for m in all_mentions(noun.clause, k, back=False)],
            EventType.OFFENSIVE,
        )
    who = [m for m in who if checks.is_force(m)]
    whom = [
        m
        for _, k in noun.behind(frozenset(("from",)))
        for m in patients(noun.clause, k, "", EventType.OFFENSIVE)
        if m.side in (Side.STATE, Side.ARMED) and m.kind != "capital"
    ]
    reading = noun.clause.readings[where[0]]
    whom += list(reading.held) if reading is not None else []
    return agents_of(who) + patients_of(_without(whom, who)) if who or whom else None


def _duel(noun: Noun) -> Slots:
    """ "an artillery duel between X and Y": each fires on the other."""
    between = noun.behind(frozenset(("between", "with")))
    who = [m for _, k in between for m in all_mentions(noun.clause, k, back=False)]
    verb = noun.carried_by()
    if verb is not None and noun.carrier is not None and not noun.is_subject:
        subject = subject_of(noun.vocabulary, noun.clause, noun.carrier)
        who = all_mentions(noun.clause, subject, back=True) + who
    who = [m for m in who if checks.is_force(m) or m.kind == "country"]
    return agents_of(who) + patients_of(who) if len(who) > 1 else None


def _siege(noun: Noun) -> Slots:
    who = [m for m in noun.doers() if checks.is_force(m)]
    whom = [
        m
        for _, k in noun.behind(frozenset(("of", "on", "against", "to")))
        for m in patients(noun.clause, k, "in", EventType.OFFENSIVE)
    ]
    whom += [m for m in noun.carriers("patient") if m.kind != "capital"] + _trapped(noun) + under_siege(noun)
    return agents_of(who) + patients_of(_without(whom, who)) if who or whom else None


def _trapped(noun: Noun) -> list[Mention]:
    """ "the blockade has trapped 200,000 civilians"."""
    verb = noun.carried_by()
    if (
        verb is None
        or noun.carrier is None
        or not noun.is_subject
        or verb.lemma not in ("trap", "starve", "leave", "cut")
    ):
        return []
    target = object_of(noun.clause, noun.carrier)
    return all_mentions(noun.clause, target, back=False) if target is not None else []


FRAMES: Mapping[str, Callable[[Noun], Slots]] = {
    "attack": _attack,
    "strike": _strike,
    "bombs": _bombs,
    "campaign": _campaign,
    "advance": _advance,
    "capture": _capture,
    "siege": _siege,
    "duel": _duel,
    "evacuation": departures.evacuation,
    "order": departures.order,
    "withdrawal": departures.withdrawal,
    "passage": departures.passage,
}
"""What each `frame` of `nouns.tsv` does: slots of a noun, or None when it is not that event."""
