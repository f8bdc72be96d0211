"""Orders to leave: who tells whom to get out."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.event import Role, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import all_mentions, as_force, behind
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, attached, object_of
from transforms.logic.coding.frames.checks import is_force
from transforms.logic.coding.frames.evacuees import (
    evacuees,
    has_citizens,
    is_inhabited,
    of_organiser,
    of_place,
    people_at,
    whence,
)
from transforms.logic.coding.frames.proposals import Slot, agents_of, patients_of
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.subjects import subject_of
from transforms.logic.coding.vocabulary import Vocabulary

_REACH = 16
_SOURCES = frozenset(("from", "by"))
_DEADLINES = frozenset(("minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "notice"))
_SPEAKERS = frozenset(("i", "we", "you"))
_SKIPPED = ("P", "B", "L", ",", "C", "D", "#", '"', "-", "–", "—", "(", ")")


class Order(NamedTuple):
    """What makes an infinitive an order: the chunk of the governing verb or noun, and whom it addresses.

    `told` is None when nobody is named; `forced` when it compels or lets people go rather than tells them to.
    """

    at: int
    told: int | None
    forced: bool


def find_order(vocabulary: Vocabulary, clause: Clause, at: int) -> Order | None:
    """The order whose content the infinitive at `at` is: "told people to leave", "a warning to leave"."""
    verb = clause.chunks[at]
    if not isinstance(verb, VerbGroup) or verb.negated or verb.passive:
        return None
    if not verb.infinitive or clause.low(at - 1) in _HAVE:
        return _by_content(vocabulary, clause, at, verb)
    k = at - 1
    while k >= max(0, at - _REACH):
        chunk = clause.chunks[k]
        if isinstance(chunk, VerbGroup):
            order = _by_verb(vocabulary, clause, k, at, chunk)
            if order is not None:
                return order
            relative = _relative_before(clause, k)
            if relative is None and not ((chunk.gerund or chunk.reduced) and clause.kind(k - 1) == "NP"):
                return None
            k = k if relative is None else relative
        elif chunk.kind == "NP":
            if clause.low(k) == "order" and clause.low(k - 1) == "in":
                return None
            if not vocabulary.sets["order_noun"].isdisjoint(clause.group_lows(k)):
                return Order(k, _told_by_noun(clause, k, at), False)
        elif chunk.kind not in _SKIPPED:
            return None
        k -= 1
    return None


def _by_content(vocabulary: Vocabulary, clause: Clause, at: int, verb: VerbGroup) -> Order | None:
    """The order of which a clause is the content: "told residents that they must leave", "said all must"."""
    k = at - 1 if verb.infinitive else at
    bound = verb.infinitive or verb.modal in ("must", "should")
    if not bound or clause.kind(k - 1) != "NP":
        return None
    over = k - 2
    while clause.kind(over) in ("S", "W", "B", "L", "P", "NP", '"'):
        over -= 1
    told = over + 1 if clause.kind(over + 1) == "NP" and over + 1 < k - 1 else None
    teller = clause.chunks[over] if over >= 0 else None
    if not isinstance(teller, VerbGroup):
        return None
    if teller.lemma in vocabulary.sets["order_verb"] and (told is not None or teller.passive):
        return Order(over, subject_of(vocabulary, clause, over) if teller.passive else told, False)
    if teller.lemma in _SAYING and told is None and not teller.passive:
        subject = subject_of(vocabulary, clause, over)
        if any(_is_armed(m) and m.who for m in _named(clause, subject)):
            return Order(over, k - 1, False)
    return None


_HAVE = frozenset(("have", "has", "had"))
_SAYING = frozenset(("say", "announce", "declare", "insist"))


def _relative_before(clause: Clause, k: int) -> int | None:
    """The "who" or "where" of the relative clause that the verb at `k` is in."""
    for q in range(k - 1, max(-1, k - 4), -1):
        if clause.kind(q) == "W" or clause.low(q) == "where":
            return q
        if clause.kind(q) == "VG":
            return None
    return None


def _by_verb(vocabulary: Vocabulary, clause: Clause, k: int, at: int, verb: VerbGroup) -> Order | None:
    lemma, sets = verb.lemma, vocabulary.sets
    forced = lemma in sets["force_verb"]
    if lemma == "give" and not _gives_time(clause, at):
        return None
    if lemma not in sets["order_verb"] and not forced and lemma != "give":
        return None
    told = k + 1
    while clause.kind(told) in ("P", "B", "L", '"'):
        told += 1
    if verb.passive or (told >= at and verb.reduced):
        return Order(k, subject_of(vocabulary, clause, k), forced)
    return Order(k, told, forced) if told < at and clause.kind(told) == "NP" else None


def _gives_time(clause: Clause, at: int) -> bool:
    """ "gave families one hour to get out"."""
    return clause.kind(at - 1) == "NP" and clause.low(at - 1) in _DEADLINES


def _told_by_noun(clause: Clause, k: int, at: int) -> int | None:
    """ "a call for all civilians to leave": the group between the noun and the infinitive."""
    for prep, q in attached(clause, k):
        if prep in ("for", "to", "on") and q < at:
            return q
    return None


def order_slots(vocabulary: Vocabulary, clause: Clause, at: int, order: Order) -> list[Slot] | None:
    """Who orders whom out; None when nobody can be ordered out, or those who force are unarmed."""
    who, silent = _orderers(vocabulary, clause, order)
    if order.forced and not any(map(_is_armed, who)):
        return None
    whom = told_people(vocabulary, clause, at, order, who)
    if not whom or (not who and not silent):
        return None
    return agents_of(who) + patients_of(whom)


def _is_armed(mention: Mention) -> bool:
    return is_force(mention) and mention.kind != "pronoun"


def is_ordered(vocabulary: Vocabulary, clause: Clause, at: int, slots: Sequence[Slot]) -> bool:
    """Whether the slots of the verb at `at` are those of an order: who leaves is told so in front of it."""
    order = find_order(vocabulary, clause, at)
    if order is None or order.forced:
        return False
    token = clause.chunks[at].i
    return any(s.role is Role.PATIENT and s.mention.token < token for s in slots)


def told_people(
    vocabulary: Vocabulary, clause: Clause, at: int, order: Order, who: Sequence[Mention] = ()
) -> list[Mention]:
    """The civilians that an order by `who` addresses: named, counted, or those of a place."""
    place = whence(clause, at)
    told = order.told
    if told is None:
        told = _receiver(vocabulary, clause, order.at)
    if told is None:
        return [people_at(vocabulary, clause.chunks[order.at].i, place)] if _is_noun(clause, order.at) else []
    group = clause.chunks[told]
    if clause.tokens[group.i].cls == "O":
        return [people_at(vocabulary, group.i, place)] if group.low in vocabulary.sets["told_pronoun"] else []
    whom = [m for m in evacuees(vocabulary, clause, told, "", back=False) if _can_be_told(m)]
    whom = [
        of_place(m, place) for m in of_organiser(whom, [m for m in who if has_citizens(m)], citizens=True)
    ]
    reading = clause.readings[told]
    named = reading is not None and reading.mention is not None
    if not whom and not named and is_inhabited(vocabulary, clause, told):
        where = reading.place if reading is not None and reading.place != "XXX" else ""
        return [people_at(vocabulary, group.i, where or place)]
    return whom


def _can_be_told(mention: Mention) -> bool:
    """Whether somebody told to leave is evacuated: civilians and diplomats, not soldiers."""
    return mention.side is Side.CIVIL or (mention.role is not None and mention.role.cls is RoleClass.STAFF)


def _is_noun(clause: Clause, at: int) -> bool:
    return clause.kind(at) == "NP"


def _receiver(vocabulary: Vocabulary, clause: Clause, at: int) -> int | None:
    """Who receives an order that a noun names: "hospitals received warnings to evacuate"."""
    k = _verb_over(clause, at)
    verb = clause.chunks[k] if k is not None else None
    if k is None or not isinstance(verb, VerbGroup) or verb.lemma not in vocabulary.sets["receive_verb"]:
        return None
    return subject_of(vocabulary, clause, k)


def _verb_over(clause: Clause, at: int) -> int | None:
    k = at - 1
    while clause.kind(k) in ("P", "B", "L", '"') or clause.low(k) in ("renewed", "repeated"):
        k -= 1
    return k if clause.kind(k) == "VG" else None


def _orderers(vocabulary: Vocabulary, clause: Clause, order: Order) -> tuple[list[Mention], bool]:
    """Who orders, and whether it is fine that nobody does: in the passive, or where the text is silent."""
    if _is_noun(clause, order.at):
        return noun_orderers(vocabulary, clause, order.at), True
    verb = clause.chunks[order.at]
    assert isinstance(verb, VerbGroup)
    if verb.passive or order.told is None or order.told < order.at:
        found = [m for _, k in behind(clause, order.at, frozenset(("by",))) for m in _named(clause, k)]
        return [m for m in found if m.side is not Side.CIVIL], True
    subject = subject_of(vocabulary, clause, order.at)
    found = _named(clause, subject) or (noun_orderers(vocabulary, clause, subject) if subject else [])
    if any(m.low in _SPEAKERS for m in found):
        return [], False
    return [m for m in found if m.side is not Side.CIVIL], not found


def _named(clause: Clause, at: int | None) -> list[Mention]:
    """The actors of a group, or the owner of the leaflets or the message that it is."""
    if at is None:
        return []
    reading = clause.readings[at]
    found = all_mentions(clause, at, back=True)
    return found if found or reading is None or reading.owner is None else [as_force(reading.owner)]


def noun_orderers(vocabulary: Vocabulary, clause: Clause, at: int) -> list[Mention]:
    """Who gives the order that the noun at chunk `at` names: its owner, its source, or who issues it."""
    reading = clause.readings[at]
    if reading is not None and reading.owner is not None:
        return [m for m in (as_force(reading.owner),) if m.side is not Side.CIVIL]
    found = [m for _, k in behind(clause, at, _SOURCES) for m in _named(clause, k)] or _possessor(clause, at)
    if not found:
        k = _verb_over(clause, at)
        verb = clause.chunks[k] if k is not None else None
        receives = vocabulary.sets["receive_verb"]
        if k is not None and isinstance(verb, VerbGroup) and not verb.passive and verb.lemma not in receives:
            found = _named(clause, subject_of(vocabulary, clause, k))
    return [m for m in found if m.side is not Side.CIVIL and (m.who or not _is_weapon(m))]


def _possessor(clause: Clause, at: int) -> list[Mention]:
    """ "The army said its call to leave": whose the order is, the subject before it."""
    if clause.tokens[clause.chunks[at].i].low not in ("its", "his", "her", "their"):
        return []
    k = at - 1
    while clause.kind(k) in ("S", "B", "L", "VG", "P"):
        k -= 1
    return [m for m in _named(clause, k) if m.kind != "pronoun"] if clause.kind(k) == "NP" else []


def _is_weapon(mention: Mention) -> bool:
    return mention.role is not None and mention.role.cls is RoleClass.WEAPON


def leads_away(vocabulary: Vocabulary, clause: Clause, at: int) -> bool:
    """Whether what is ordered is to leave a place: "leave their homes", not "leave the party"."""
    verb = clause.chunks[at]
    assert isinstance(verb, VerbGroup)
    target = object_of(clause, at)
    after = clause.lows(verb.j, verb.j + 6)
    if verb.lemma == "get":
        after = after[:1]
    if verb.lemma in vocabulary.sets["leave_verb"]:
        return target is None or _is_ground(vocabulary, clause, target)
    ends = verb.lemma == "move" and clause.kind(at + 1) in ("", ".", ",")
    return ends or not vocabulary.sets["away"].isdisjoint(after)


def _is_ground(vocabulary: Vocabulary, clause: Clause, at: int) -> bool:
    reading = clause.readings[at]
    lows = clause.group_lows(at)
    return (
        (reading is not None and bool(reading.place))
        or not vocabulary.sets["evacuated_place"].isdisjoint(lows)
        or not vocabulary.sets["area"].isdisjoint(lows)
        or lows[0] in vocabulary.sets["time_noun"] | {"now", "as"}
    )
