"""Nouns of leaving: evacuations, orders to leave, withdrawals."""

from schemas.event import Side
from transforms.logic.coding.arguments import all_mentions, behind
from transforms.logic.coding.frames.nouns import Noun
from transforms.logic.coding.frames.orders import people_at
from transforms.logic.coding.frames.proposals import Slot, agents_of, patients_of
from transforms.logic.coding.mentions import Mention

_OF = frozenset(("of",))

Slots = list[Slot] | None


def evacuation(noun: Noun) -> Slots:
    """The evacuated behind "of" or in front when civilians; the organiser elsewhere."""
    whom = [
        m
        for m in noun.owners()
        if (m.side is Side.CIVIL and noun.group.possessor is not None)
        or (m.kind == "role" and m.side is Side.CIVIL)
    ]
    whom += [
        m
        for _, k in noun.behind(frozenset(("of", "for")))
        for m in all_mentions(noun.clause, k, back=False)
        if m.kind not in ("country", "capital")
    ]
    who = [m for m in noun.by() + noun.owners() + noun.carriers("agent") if m not in whom]
    if not who and not whom:
        return _default_people(noun)
    return agents_of(who) + patients_of(_without_same(whom, who))


def _without_same(whom: list[Mention], who: list[Mention]) -> list[Mention]:
    return [m for m in whom if m not in who]


def _default_people(noun: Noun) -> Slots:
    """An evacuation of a place, or in a disaster, without a word on whom: its people."""
    places = behind(noun.clause, noun.at, frozenset(("from", "of", "in")))
    placed = any(noun.clause.readings[k] is not None and noun.clause.readings[k].place for _, k in places)  # type: ignore[union-attr]
    disaster = not noun.vocabulary.sets["disaster"].isdisjoint(noun.clause.lows(0, len(noun.clause.tokens)))
    if not placed and not disaster:
        return None
    return patients_of([people_at(noun.vocabulary, noun.reading.trigger_at)])


def order(noun: Noun) -> Slots:
    who = [m for m in noun.doers() if m.side is not Side.CIVIL]
    whom = [
        m
        for _, k in noun.behind(frozenset(("for", "to", "of")))
        for m in all_mentions(noun.clause, k, back=False)
        if m.side is Side.CIVIL
    ]
    if not whom:
        whom = [people_at(noun.vocabulary, noun.reading.trigger_at)]
    return agents_of(who) + patients_of(whom)


def withdrawal(noun: Noun) -> Slots:
    """Who leaves: behind "of", in front, behind "by"; or the subject of a verb that carries it."""
    who = [
        m
        for _, k in noun.behind(_OF)
        for m in all_mentions(noun.clause, k, back=False)
        if m.side is not Side.CIVIL and m.kind not in ("country", "capital")
    ]
    who = (
        noun.by() + [m for m in noun.owners() if m.side is not Side.CIVIL or m.kind == "people"]
        or who
        or noun.carriers("agent")
    )
    if noun.reading.owner is None and not noun.by():
        who = who or []
    if noun.word.startswith("retreat") and not any(m.role is not None or m.side is Side.ARMED for m in who):
        who = []
    lows = set(noun.clause.lows(0, len(noun.clause.tokens)))
    if lows & noun.vocabulary.sets["legal_politics"] and not lows & noun.vocabulary.sets["force_object"]:
        return None
    return agents_of(who) if who else None
