"""Names that would act in an event if the lexicon knew them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from schemas import Article, EventType, Role, Side
from transforms.logic.coding import Coder
from transforms.logic.coding.analysis import Analysis
from transforms.logic.coding.chunks import NounGroup, VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.frames.nominal import propose_noun
from transforms.logic.coding.frames.proposals import Proposal
from transforms.logic.coding.frames.verbal import propose_verb
from transforms.logic.coding.mentions import Mention, Reading
from transforms.logic.coding.tokens import Token

_STRANGER = "?"
"""The actor id of a name while it is tried as an armed group."""

_BEFORE_AGENTS = frozenset(("by", "from"))
"""Behind other prepositions a name is most often a place."""


class UnknownName(NamedTuple):
    """A name without an actor, and a sentence in which it would be an agent if it were an armed group."""

    name: str
    event_type: EventType
    sentence: str


class RankedName(NamedTuple):
    """An unknown name: the articles and sentences in which it acts, by type, and the first sentence."""

    name: str
    articles: int
    sentences: int
    types: Mapping[EventType, int]
    example: str


def rank_names(found: Iterable[Iterable[UnknownName]]) -> list[RankedName]:
    """The names of many articles, those of the most articles first, then of the most sentences, then by name.

    Args:
        found: the unknown names of each article.
    """
    articles: Counter[str] = Counter()
    types: dict[str, Counter[EventType]] = {}
    sentences: dict[str, dict[str, None]] = {}
    for names in map(list, found):
        articles.update({name.name for name in names})
        for name in names:
            types.setdefault(name.name, Counter())[name.event_type] += 1
            sentences.setdefault(name.name, {})[name.sentence] = None
    ranked = [
        RankedName(
            name, count, len(sentences[name]), dict(sorted(types[name].items())), next(iter(sentences[name]))
        )
        for name, count in articles.items()
    ]
    return sorted(ranked, key=lambda row: (-row.articles, -row.sentences, row.name))


def unknown_names(coder: Coder, article: Article) -> Iterator[UnknownName]:
    """The unknown names of an article that act, in the order of its text; once for each sentence and type.

    A name is a run of capitalised words in a noun group that names nobody whom the lexicon knows. It acts
    when the coder, told that it is an armed group, makes it an agent.
    """
    analysis = coder.analyse(article)
    for index in analysis.marked if analysis is not None else ():
        assert analysis is not None
        clause = analysis.clause(index)
        sentence = article.text[clause.sentence.start : clause.sentence.end]
        for at in range(len(clause.chunks)):
            name = _name_in(analysis, clause, at, article.text)
            if name:
                for event_type in _acts(analysis, clause, at):
                    yield UnknownName(" ".join(name.split()), event_type, " ".join(sentence.split()))


def _name_in(analysis: Analysis, clause: Clause, at: int, text: str) -> str:
    """The name in a group that may act and names nobody; blank when there is none.

    A role noun that ends a name (Qarnaz Brigade) is part of it, and says too little of who it is.
    """
    group, reading = clause.chunks[at], clause.readings[at]
    if not isinstance(group, NounGroup) or reading is None or _is_known(clause, reading):
        return ""
    if clause.kind(at - 1) == "P" and clause.low(at - 1) not in _BEFORE_AGENTS:
        return ""
    end = reading.trigger_at if reading.trigger is not None else group.j
    capitals = [t for t in clause.tokens[group.start : end] if _is_name(analysis, t)]
    if not any(token.cls == "N" for token in capitals):
        return ""
    name = text[capitals[0].start : capitals[-1].end]
    opens = capitals[0].start == clause.sentence.start
    return "" if opens and not _is_told_inside(text, name) else name


def _is_known(clause: Clause, reading: Reading) -> bool:
    """Whether a group names somebody by more than a capitalised role noun."""
    actor = reading.mention or reading.owner
    return actor is not None and not (actor.kind == "role" and clause.tokens[actor.token].upper)


def _is_name(analysis: Analysis, token: Token) -> bool:
    day = analysis.vocabulary.classes.get(token.low.removesuffix("s")) == "L"
    return token.upper and token.cls in "NR" and not day


def _is_told_inside(text: str, name: str) -> bool:
    """Whether a name that opens a sentence is one: of two words, or capitalised inside a sentence too."""
    return " " in name or re.search(rf"[a-z,;] {re.escape(name)}\b", text) is not None


def _acts(analysis: Analysis, clause: Clause, at: int) -> list[EventType]:
    """The types of event in which the group at `at` would be an agent if it were an armed group; sorted."""
    reading = clause.readings[at]
    assert reading is not None
    stranger = Mention("actor", "XXX", Side.ARMED, _STRANGER, clause.chunks[at].i)
    owned = reading.trigger is not None
    tried = copy(clause)
    tried.readings = clause.readings.replaced(
        at, reading._replace(owner=stranger) if owned else reading._replace(mention=stranger, owner=None)
    )
    return sorted({p.event_type for p in _proposals(analysis, tried) if _is_agent(p)})


def _proposals(analysis: Analysis, clause: Clause) -> Iterator[Proposal]:
    for at, chunk in enumerate(clause.chunks):
        reading: Reading | None = clause.readings[at]
        found = None
        if isinstance(chunk, VerbGroup):
            found = propose_verb(analysis.vocabulary, clause, at)
        elif reading is not None and reading.trigger is not None:
            found = propose_noun(analysis.vocabulary, clause, at)
        if found is not None:
            yield found


def _is_agent(proposal: Proposal) -> bool:
    return any(s.role is Role.AGENT and s.mention.actor_id == _STRANGER for s in proposal.slots)
