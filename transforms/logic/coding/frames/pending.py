"""Withdrawals that are only talked of, awaited or ordered."""

from schemas.event import Modality
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.frames.uses import Use

_OPEN = frozenset(("for", "of", "on", "about", "over", "without", "including", "to"))
_FUTURE = frozenset(("until", "unless", "when", "once", "before", "till"))


def hint(use: Use) -> Modality | None:
    """The modality that the form of a withdrawal suggests: talked of, or awaited, but not said to happen.

    "in exchange for withdrawing its forces", "until Turkey withdraws its troops".
    """
    if use.frame.frame != "withdraw":
        return None
    verb, clause = use.verb, use.clause
    if verb.infinitive and _is_commanded(clause, use.at):
        return Modality.PLANNED
    k = use.at - 1
    if verb.gerund:
        while clause.kind(k) in ("C", "B", "NP", "VG") and k > use.at - 7 and not _is_finite(use, k):
            k -= 1
        return Modality.PLANNED if clause.low(k) in _OPEN else None
    if verb.past or verb.perfect or verb.infinitive or verb.reduced:
        return None
    while k >= 0 and clause.kind(k) in ("NP", "B", "P", "C", "VG", "S") and clause.low(k) not in _FUTURE:
        k -= 1
    return Modality.PLANNED if clause.low(k) in _FUTURE else None


def _is_commanded(clause: Clause, at: int) -> bool:
    """Whether a force is only told to go: "ordered its brigades to fall back"."""
    k = at - 1
    while clause.kind(k) in ("NP", "P", "B", "L"):
        k -= 1
    verb = clause.chunks[k] if k >= 0 else None
    return isinstance(verb, VerbGroup) and verb.lemma in _COMMANDS and k > at - 6


_COMMANDS = frozenset(("order", "instruct", "command", "direct", "tell"))


def _is_finite(use: Use, k: int) -> bool:
    verb = use.clause.chunks[k]
    return isinstance(verb, VerbGroup) and not verb.gerund
