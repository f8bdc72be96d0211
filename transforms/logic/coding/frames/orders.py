"""Orders to leave: who tells whom to get out."""

from schemas.event import Side
from transforms.logic.coding.arguments import all_mentions
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, subject_of
from transforms.logic.coding.frames.checks import counts_people, is_force
from transforms.logic.coding.frames.proposals import Slot, agents_of, patients_of
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.vocabulary import Vocabulary

_ORDER_VERBS = frozenset(
    [
        "order",
        "tell",
        "urge",
        "warn",
        "instruct",
        "advise",
        "ask",
        "direct",
        "command",
        "force",
        "call",
        "request",
        "allow",
    ]
)
_US = frozenset(["us", "me", "you", "them"])


def people_at(vocabulary: Vocabulary, token: int) -> Mention:
    """The people of wherever the sentence is set."""
    return Mention("role", "", Side.CIVIL, "", token, vocabulary.lexicon.roles["residents"], low="residents")


def is_ordered(clause: Clause, at: int, verb: VerbGroup) -> bool:
    """Whether the verb at `at` is what somebody is told to do."""
    return verb.infinitive and _ordering_verb(clause, at) is not None


def order_slots(vocabulary: Vocabulary, clause: Clause, at: int, subject: int | None) -> list[Slot] | None:
    """Who orders whom out, for an infinitive governed by a verb of ordering."""
    governor = _ordering_verb(clause, at)
    if governor is None:
        return None
    verb = clause.chunks[governor]
    assert isinstance(verb, VerbGroup)
    told = [m for m in all_mentions(clause, subject, back=False) if m.side is Side.CIVIL]
    if not told and subject is not None and (clause.low(subject) in _US or counts_people(clause, subject)):
        told = [people_at(vocabulary, clause.chunks[subject].i)]
    if not told:
        return None
    if verb.passive:
        return patients_of(told)
    who = all_mentions(clause, subject_of(vocabulary, clause, governor), back=True)
    if verb.lemma in ("force", "allow") and not any(is_force(m) for m in who):
        return None
    return agents_of([m for m in who if m.side is not Side.CIVIL or m.kind == "pronoun"]) + patients_of(told)


def _ordering_verb(clause: Clause, at: int) -> int | None:
    for k in range(at - 1, max(-1, at - 6), -1):
        chunk = clause.chunks[k]
        if isinstance(chunk, VerbGroup):
            return k if chunk.lemma in _ORDER_VERBS else None
    return None
