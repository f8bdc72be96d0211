"""Whom a pronoun stands for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, RoleClass
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

_PERSON = frozenset(("he", "him", "his", "she", "her", "himself", "herself"))
_THING = frozenset(("it", "its", "itself"))
_MANY = frozenset(("they", "them", "their", "themselves"))
_ACTING = frozenset((Side.STATE, Side.ARMED, Side.IGO, Side.NGO))
_GROUPS = frozenset((RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.OFFICE))
_PERSONS = frozenset((RoleClass.LEADER, RoleClass.STAFF, RoleClass.FIGHTER))


def spot_of(clause: Clause, mention: Mention) -> Spot:
    """Where a mention stands in the text."""
    return Spot(clause.sentence.start, clause.sentence.end, clause.tokens[mention.token].start)


def antecedent(
    analysis: "Analysis", clause: Clause, token: int, word: str, *, people: bool = False
) -> Actor | None:
    """The last subject before a token that is an actor and fits a pronoun, two sentences back at most.

    With `people`, groups of people count too: "They were evacuated".
    """
    found = _actor_before(analysis, clause, token, word, people)
    index = clause.index
    steps = 0
    while found is None and index > 0 and steps < _REACH:
        index -= 1
        steps += 1
        earlier = analysis.clause(index)
        found = _actor_before(analysis, earlier, len(earlier.tokens), word, people)
    return found


def speaker(analysis: "Analysis", clause: Clause) -> Actor | None:
    """Who says the words of a sentence: "We have taken the square," said a commander of the Taliban.

    Named in the sentence itself, else in the one before.
    """
    found = _speaker_in(analysis, clause)
    if found is None and clause.index > 0:
        found = _speaker_in(analysis, analysis.clause(clause.index - 1))
    return found


def _speaker_in(analysis: "Analysis", clause: Clause) -> Actor | None:
    if not any(chunk.kind == '"' for chunk in clause.chunks):
        return None
    for k, chunk in enumerate(clause.chunks):
        if not isinstance(chunk, VerbGroup) or chunk.lemma not in analysis.vocabulary.sets["report_verb"]:
            continue
        inverted = clause.kind(k - 1) in ('"', ",") and clause.kind(k + 1) == "NP"
        at = k + 1 if inverted else subject_of(analysis.vocabulary, clause, k)
        for mention in mentions_of(clause, at) if at is not None else ():
            if mention.low in _PERSON:
                return antecedent(analysis, clause, mention.token, mention.low)
            if mention.kind == "pronoun" or mention.own or mention.side not in _ACTING:
                continue
            if mention.who:
                return Actor(mention.actor_id, mention.who, mention.side)
            return stands_for(analysis.scene, mention, spot_of(clause, mention))
    return None


def _actor_before(analysis: "Analysis", clause: Clause, token: int, word: str, people: bool) -> Actor | None:
    """The first subject of the sentence that names an actor, else the first actor named, before a token.

    "It" and "its" look for the nearest subject: "as Israel eases restrictions for the strip it has besieged".
    """
    subjects = _subjects_before(analysis, clause, token)
    if token < len(clause.tokens) and word in _THING:
        subjects.sort(reverse=True)
    for k in (*subjects, *_groups_before(clause, token)):
        for mention in mentions_of(clause, k):
            skipped = mention.kind == "pronoun" or (
                mention.kind in ("capital", "country") and k not in subjects
            )
            if skipped or mention.own or mention.token >= token or not _fits(mention, word):
                continue
            if people and mention.role is not None and mention.role.plural:
                return stands_for(analysis.scene, mention, spot_of(clause, mention))
            if mention.elsewhere:
                return of_country(UNKNOWN_WHO, mention.side)
            if mention.side not in _ACTING:
                continue
            if mention.who:
                return Actor(mention.actor_id, mention.who, mention.side)
            if k in subjects and mention.role is not None and mention.role.cls in _GROUPS:
                return stands_for(analysis.scene, mention, spot_of(clause, mention))
    return None


def _subjects_before(analysis: "Analysis", clause: Clause, token: int) -> list[int]:
    subjects: list[int] = []
    for k, chunk in enumerate(clause.chunks):
        if chunk.i >= token:
            break
        if isinstance(chunk, VerbGroup):
            subject = subject_of(analysis.vocabulary, clause, k)
            if subject is not None and clause.chunks[subject].j <= token:
                subjects.append(subject)
    return subjects


def _groups_before(clause: Clause, token: int) -> Iterator[int]:
    for k, chunk in enumerate(clause.chunks):
        if chunk.kind == "NP" and chunk.j <= token and clause.kind(k - 1) != "P":
            yield k


def _fits(mention: Mention, word: str) -> bool:
    """Whether a pronoun can stand for a mention: "he" for a person, "it" for no crowd."""
    role = mention.role
    if word in _PERSON:
        person = role is not None and role.cls in _PERSONS and not role.plural
        return mention.kind == "leader" or person
    if word in _THING:
        return not (mention.kind in ("people", "leader") or (role is not None and role.plural))
    return True
