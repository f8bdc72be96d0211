"""The opponent of an attack, when the sentence names one but no word links it to the attack."""

from collections.abc import Sequence

from schemas.event import EventType, Role, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import as_force, mentions_of
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.frames.proposals import Proposal, patients_of
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.vocabulary import Vocabulary

_ASIDE = frozenset(("by", "with", "for", "like", "including", "alongside", "as", "than"))
_BARE = frozenset(("noun:attack", "noun:attacks on", "noun:raid", "verb:raid"))
"""Rules of words that are as often of a single act as of a battle."""

_PASSING = ("adjective:", "verb:cross", "verb:enter", "verb:send", "verb:besiege", "verb:infiltrate")
"""Rules of movements, and of sieges, whose sentence as often names the bystanders as the enemy."""

_FIGHTS = frozenset((RoleClass.FORCE, RoleClass.FIGHTER))


def propose_opponents(vocabulary: Vocabulary, clause: Clause, events: Sequence[Proposal]) -> list[Proposal]:
    """The attacked side of a ground attack that names none: the one other fighting side of the sentence.

    "Regime troops entered the town in an offensive to cut rebel supply lines": the rebels are attacked.
    """
    attacks = [
        e
        for e in events
        if e.event_type is EventType.OFFENSIVE and e.rule not in _BARE and not e.rule.startswith(_PASSING)
    ]
    doers = [s.mention for e in attacks for s in e.slots if s.role is Role.AGENT]
    if not doers or any(s.role is Role.PATIENT for e in attacks for s in e.slots):
        return []
    first = next(e for e in attacks if any(s.role is Role.AGENT for s in e.slots))
    others = _others(
        vocabulary, clause, {m.token for m in doers}, {m.side for m in doers if m.kind != "pronoun"}
    )
    if len({(m.who, m.side) for m in others}) != 1:
        return []
    return [
        first._replace(
            rule=f"opponent:{first.rule}", slots=tuple(patients_of(others[:1])), attackers=tuple(doers)
        )
    ]


def _others(vocabulary: Vocabulary, clause: Clause, tokens: set[int], sides: set[Side]) -> list[Mention]:
    """The fighting actors of the sentence that are not the attackers, left to right."""
    found = []
    for k, reading in enumerate(clause.readings):
        if reading is None or _is_aside(vocabulary, clause, k) or _speaks(vocabulary, clause, k):
            continue
        mentions = mentions_of(clause, k)
        owner = reading.owner if reading.trigger is None else None
        if (
            not mentions
            and owner is not None
            and (reading.is_property or owner.side is Side.ARMED or _is_army(owner))
        ):
            mentions = [as_force(owner)]
        found += [m for m in (*mentions, *reading.held) if _fights(m) and m.token not in tokens]
    return [m for m in found if not (len(sides) == 1 and m.side in sides and not m.who)]


def _is_army(owner: Mention) -> bool:
    """ "The army's defenders", but no "military aid"."""
    return owner.role is not None and owner.role.cls in _FIGHTS and owner.role.lemma != "military"


def _is_aside(vocabulary: Vocabulary, clause: Clause, k: int) -> bool:
    """Whether the group at `k` is only a companion: "with the army", not "fighting with the army"."""
    low = clause.low(k - 1)
    if low == "from" and clause.low(k - 3) == "by":
        return True
    if low == "with" and clause.low(k - 2) in vocabulary.sets["combat"]:
        return False
    return low in _ASIDE and not (low == "as" and clause.kind(k + 1) == "VG")


def _fights(mention: Mention) -> bool:
    if mention.role is not None and mention.role.lemma == "resistance":
        return False
    if mention.side not in (Side.STATE, Side.ARMED) or mention.kind in (
        "country",
        "capital",
        "people",
        "leader",
        "metonym",
        "pronoun",
    ):
        return False
    return (
        mention.role is None or mention.role.cls in _FIGHTS or mention.role.lemma in ("government", "regime")
    )


def _speaks(vocabulary: Vocabulary, clause: Clause, k: int) -> bool:
    j = k + 1
    while clause.kind(j) == "P" and clause.kind(j + 1) == "NP":
        j += 2
    verb = clause.chunks[j] if j < len(clause.chunks) else None
    if not isinstance(verb, VerbGroup) or verb.lemma not in vocabulary.sets["report_verb"]:
        return False
    return not any(_holds(vocabulary, clause, q) for q in range(j + 1, min(j + 7, len(clause.chunks))))


def _holds(vocabulary: Vocabulary, clause: Clause, k: int) -> bool:
    """Whether somebody holds ground at `k`: "the army said that its men still held the town"."""
    verb = clause.chunks[k]
    return isinstance(verb, VerbGroup) and verb.lemma in vocabulary.sets["hold_verb"] and not verb.infinitive
