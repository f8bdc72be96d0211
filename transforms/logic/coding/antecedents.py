"""Whom a pronoun stands for."""

from typing import TYPE_CHECKING

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO
from transforms.logic.coding.arguments import mentions_of
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.scene import Actor, of_country
from transforms.logic.coding.standing import Spot, stands_for
from transforms.logic.coding.subjects import subject_of

if TYPE_CHECKING:
    from transforms.logic.coding.analysis import Analysis

_REACH = 2
"""Sentences before its own in which a pronoun's antecedent is looked for."""


def spot_of(clause: Clause, mention: Mention) -> Spot:
    """Where a mention stands in the text."""
    return Spot(clause.sentence.start, clause.sentence.end, clause.tokens[mention.token].start)


def antecedent(analysis: "Analysis", clause: Clause, token: int, *, people: bool = False) -> Actor | None:
    """The last subject that is an actor before a token, in its sentence or in the two before.

    With `people`, groups of people count too: "They were evacuated".
    """
    found = _subject_before(analysis, clause, token, people)
    index = clause.index
    steps = 0
    while found is None and index > 0 and steps < _REACH:
        index -= 1
        steps += 1
        earlier = analysis.clause(index)
        found = _subject_before(analysis, earlier, len(earlier.tokens), people)
    return found


def _subject_before(analysis: "Analysis", clause: Clause, token: int, people: bool) -> Actor | None:
    """The first subject of the sentence that names an actor, else the first actor named, before a token.

    "It" and "its" look for the nearest subject: "as Israel eases restrictions for the strip it has besieged".
    """
    subjects: list[int] = []
    for k, chunk in enumerate(clause.chunks):
        if chunk.i >= token:
            break
        if isinstance(chunk, VerbGroup):
            subject = subject_of(analysis.vocabulary, clause, k)
            if subject is not None and clause.chunks[subject].j <= token:
                subjects.append(subject)
    if token < len(clause.tokens) and clause.tokens[token].low in ("it", "its"):
        subjects.sort(reverse=True)
    candidates = subjects + [
        k
        for k, chunk in enumerate(clause.chunks)
        if chunk.kind == "NP" and chunk.j <= token and clause.kind(k - 1) != "P"
    ]
    for k in candidates:
        for mention in mentions_of(clause, k):
            if mention.kind in ("pronoun", "capital") or mention.own or mention.token >= token:
                continue
            if people and mention.role is not None and mention.role.plural:
                return stands_for(analysis.scene, mention, spot_of(clause, mention))
            if mention.elsewhere:
                return of_country(UNKNOWN_WHO, mention.side)
            if not mention.who:
                continue
            if mention.side in (Side.STATE, Side.ARMED, Side.IGO, Side.NGO):
                return Actor(mention.actor_id, mention.who, mention.side)
    return None
