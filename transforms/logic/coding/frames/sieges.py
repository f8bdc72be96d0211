"""Sieges told without a verb: "besieged civilians", "people under siege", "the rebel-besieged town"."""

from schemas.event import EventType, Role, Side
from transforms.logic.coding.arguments import all_mentions
from transforms.logic.coding.chunks import NounGroup, VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.frames import checks
from transforms.logic.coding.frames.nouns import Noun
from transforms.logic.coding.frames.proposals import Proposal, Slot
from transforms.logic.coding.groups import Reader
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.subjects import climb, subject_of
from transforms.logic.coding.vocabulary import Vocabulary

BESIEGED = "besieged"
_RULE = "adjective:besieged"
_WITHIN = frozenset(("in", "inside", "from", "of", "within"))


def propose_besieged(vocabulary: Vocabulary, clause: Clause, at: int, reader: Reader) -> Proposal | None:
    """What a group such as "besieged residents" or "besieged areas" says of those who live there.

    People are besieged, and those who are in a besieged place; a place alone is nobody.
    """
    group = clause.chunks[at]
    assert isinstance(group, NounGroup)
    marks = [i for i in range(group.i, group.j) if clause.tokens[i].low.endswith(BESIEGED)]
    marks += [i for i in range(group.i, group.j) if clause.tokens[i].low.startswith(BESIEGED + " ")]
    if not marks:
        return None
    token = clause.tokens[marks[0]]
    slots = [Slot(Role.PATIENT, m) for m in _besieged(vocabulary, clause, at)]
    besieger = reader.word_mention(token.stem, marks[0]) if token.cls == "H" else None
    if besieger is not None:
        slots.append(Slot(Role.AGENT, besieger))
    if not slots:
        return None
    return Proposal(clause, EventType.OFFENSIVE, "siege", _RULE, at, marks[0], False, None, tuple(slots))


def _besieged(vocabulary: Vocabulary, clause: Clause, at: int) -> list[Mention]:
    own = _people(clause, at)
    if (
        own
        or not checks.is_territory(vocabulary, clause, at, strict=True)
        or clause.low(at - 1) not in _WITHIN
    ):
        return own
    if clause.kind(at - 2) == "VG":
        subject = _dweller(vocabulary, clause, at - 2)
        return _people(clause, subject) if subject is not None else []
    return _people(clause, at - 2)


def _dweller(vocabulary: Vocabulary, clause: Clause, k: int) -> int | None:
    """The subject of the verb at chunk `k` if it says where somebody is: "live in", "are under"."""
    verb = clause.chunks[k] if k >= 0 else None
    if not isinstance(verb, VerbGroup) or verb.lemma not in vocabulary.sets["dwell_verb"]:
        return None
    return subject_of(vocabulary, clause, k)


def _people(clause: Clause, at: int) -> list[Mention]:
    return [
        m
        for m in all_mentions(clause, at, back=True)
        if m.side is Side.CIVIL and m.kind in ("role", "people")
    ]


def under_siege(noun: Noun) -> list[Mention]:
    """ "Thousands of residents are under siege", "people in the town, which is under siege"."""
    clause, k = noun.clause, noun.at - 2
    if clause.low(noun.at - 1) != "under":
        return []
    if clause.kind(k) == "NP":
        return _people(clause, climb(clause, k))
    subject = _dweller(noun.vocabulary, clause, k)
    return _people(clause, climb(clause, subject)) if subject is not None else []
