"""Nouns of leaving: evacuations, orders to leave, withdrawals."""

from schemas.event import Modality, Side
from transforms.logic.coding.arguments import all_mentions, as_force
from transforms.logic.coding.frames import evacuees, orders
from transforms.logic.coding.frames.nouns import Noun
from transforms.logic.coding.frames.proposals import Slot, agents_of, patients_of
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.subjects import subject_of

_OF = frozenset(("of",))

Slots = list[Slot] | None


def evacuation(noun: Noun) -> Slots:
    """The evacuated behind "of" or in front when civilians; the organiser elsewhere."""
    place = _place(noun)
    whom = [
        m
        for m in noun.owners()
        if (m.side is Side.CIVIL and noun.group.possessor is not None)
        or (m.kind == "role" and m.side is Side.CIVIL)
    ]
    for _, k in noun.behind(frozenset(("of", "for"))):
        whom += evacuees.evacuees(noun.vocabulary, noun.clause, k, place, back=False)
    who = [m for m in noun.by() + noun.owners() + noun.carriers("agent") + _ordering(noun) if m not in whom]
    who = [as_force(m) for m in who]
    if not whom and _is_emptied(noun, place):
        where = place or noun.reading.place
        whom = [
            evacuees.people_at(noun.vocabulary, noun.reading.trigger_at, where if len(where) == 3 else "")
        ]
    if not who and not whom:
        return None
    return agents_of(who) + patients_of(evacuees.of_organiser([m for m in whom if m not in who], who))


def _place(noun: Noun) -> str:
    """The country where people leave, named behind the noun or behind the verb that has it as subject."""
    place = evacuees.whence(noun.clause, noun.at)
    if not place and noun.carrier is not None and noun.is_subject:
        place = evacuees.whence(noun.clause, noun.carrier)
    return place


def _ordering(noun: Noun) -> list[Mention]:
    """ "Police ordered the evacuation of ..."."""
    verb = noun.carried_by()
    if verb is None or noun.carrier is None or noun.is_subject or verb.passive:
        return []
    if verb.lemma not in ("order", "force", "prompt"):
        return []
    found = all_mentions(noun.clause, subject_of(noun.vocabulary, noun.clause, noun.carrier), back=True)
    return [m for m in found if m.side is not Side.CIVIL]


def _is_emptied(noun: Noun, place: str) -> bool:
    """Whether a place is evacuated, or somewhere in a disaster, without a word on whom: its people are."""
    emptied = any(evacuees.is_emptied(noun.vocabulary, noun.clause, k) for _, k in noun.behind(_OF))
    disaster = not noun.vocabulary.sets["disaster"].isdisjoint(noun.clause.lows(0, len(noun.clause.tokens)))
    return bool(place) or emptied or disaster


def order(noun: Noun) -> Slots:
    """ "evacuation orders from the army to residents": who orders, and whoever is ordered."""
    if noun.clause.low(noun.at - 1) == "in" and noun.word.startswith("order"):
        return None
    who = orders.noun_orderers(noun.vocabulary, noun.clause, noun.at)
    who = who or [m for m in noun.doers() if m.side is not Side.CIVIL]
    place = evacuees.whence(noun.clause, noun.at)
    whom = []
    for _, k in noun.behind(frozenset(("for", "to", "of"))):
        found = evacuees.evacuees(noun.vocabulary, noun.clause, k, place, back=False)
        whom += [m for m in found if m.side is Side.CIVIL]
    if not whom:
        whom = [evacuees.people_at(noun.vocabulary, noun.reading.trigger_at, place)]
    return agents_of(who) + patients_of(whom)


def passage(noun: Noun) -> Slots:
    """ "rebels were granted safe passage out of the town": they are brought out."""
    verb = noun.carried_by()
    if verb is None or noun.carrier is None or noun.is_subject:
        return None
    if verb.lemma not in noun.vocabulary.sets["grant_verb"]:
        return None
    subject = all_mentions(noun.clause, subject_of(noun.vocabulary, noun.clause, noun.carrier), back=True)
    if verb.passive or verb.lemma in ("get", "receive", "secure"):
        return patients_of(subject) if subject else None
    whom = [
        m
        for _, k in noun.behind(frozenset(("for", "to")))
        for m in all_mentions(noun.clause, k, back=False)
        if m.kind not in ("country", "capital")
    ]
    return agents_of(subject) + patients_of(whom) if whom else None


def withdrawal(noun: Noun) -> Slots:
    """Who leaves: behind "of", in front, behind "by"; or the subject of a verb that carries it."""
    who = [
        m
        for _, k in noun.behind(_OF)
        for m in all_mentions(noun.clause, k, back=False)
        if m.side is not Side.CIVIL and m.kind not in ("country", "capital")
    ]
    owners = [m for m in map(as_force, noun.owners()) if m.side is not Side.CIVIL]
    who = noun.by() + owners or who or noun.carriers("agent") + _driven(noun)
    if noun.word.startswith("retreat") and not any(m.role is not None or m.side is Side.ARMED for m in who):
        who = []
    lows = set(noun.clause.lows(0, len(noun.clause.tokens)))
    if lows & noun.vocabulary.sets["legal_politics"] and not lows & noun.vocabulary.sets["force_object"]:
        return None
    who = [m for m in who if m.side is not Side.FIRM]
    return agents_of(who) if who else None


def _driven(noun: Noun) -> list[Mention]:
    """ "rebels were forced into retreat", "the army is in retreat"."""
    clause, k = noun.clause, noun.carrier
    verb = noun.carried_by()
    if verb is None or k is None or noun.is_subject or clause.low(noun.at - 1) not in ("into", "in"):
        return []
    if not verb.passive and verb.lemma not in ("be", "remain"):
        return []
    return all_mentions(clause, subject_of(noun.vocabulary, clause, k), back=True)


def hint(noun: Noun) -> Modality | None:
    """The modality of a bare noun: a "withdrawal" that nobody is said to begin is only talked of."""
    if noun.frame.frame != "withdrawal":
        return None
    verb = noun.carried_by()
    sets = noun.vocabulary.sets
    if verb is not None and (verb.lemma in sets["happening_verb"] or noun.carriers("agent")):
        return None
    before = noun.clause.low(noun.at - 1)
    if before in sets["after_word"] or (before == "" and noun.carrier is None):
        return None
    return Modality.PLANNED
