"""The coder: a cascade of finite-state stages over the sentences that hold a trigger."""

from copy import copy
from dataclasses import replace

from schemas.article import Article
from schemas.event import Coding
from schemas.lexicon import Lexicon
from transforms.logic.coding.ablation import NOTHING, Feature, Features
from transforms.logic.coding.analysis import Analysis
from transforms.logic.coding.consistency import make_consistent
from transforms.logic.coding.frames.tables import check_frames
from transforms.logic.coding.matching import fold
from transforms.logic.coding.records import to_dyads, to_events
from transforms.logic.coding.settling import settle
from transforms.logic.coding.triggers import TriggerFinder
from transforms.logic.coding.vocabulary import Vocabulary, compile_vocabulary

CODED = "coded"
UNCODED = "uncoded:"
LANGUAGES = frozenset(("en",))
"""The languages that the lexicon covers."""

_SPORT_SHARE = 700
"""An article with a word of sport in every so many characters, and three at least, is about sport."""


class Coder:
    """Codes articles. Holds automata that do not pickle: build one in each process from the lexicon.

    A pure function of the article and the lexicon: the same article is always coded the same. `without` names
    features to leave out, to measure what they are worth.

    Raises:
        ConfigError: a table of the lexicon is missing or names what does not exist.
    """

    def __init__(self, lexicon: Lexicon, without: Features = NOTHING) -> None:
        check_frames(lexicon)
        self._vocabulary = compile_vocabulary(lexicon, without)
        self._triggers = TriggerFinder(self._vocabulary)

    @property
    def vocabulary(self) -> Vocabulary:
        """The compiled lexicon, for tools that explain."""
        return self._vocabulary

    def lacking(self, without: Features) -> "Coder":
        """This coder without these features; what was compiled is shared."""
        other = copy(self)
        other._vocabulary = replace(self._vocabulary, without=without)
        return other

    def code(self, article: Article) -> Coding:
        """The events and dyads of an article; offsets count code points of `article.text`."""
        if article.language is not None and article.language not in LANGUAGES:
            return Coding(status=f"{UNCODED}{article.language}", events=(), dyads=())
        analysis = self.analyse(article)
        candidates = settle(analysis) if analysis is not None else []
        if self._vocabulary.has(Feature.CONSISTENCY):
            lower = analysis.lower if analysis is not None else ""
            candidates = make_consistent(candidates, lower, self._vocabulary.sets["on_foot"])
        text = article.text
        return Coding(status=CODED, events=to_events(text, candidates), dyads=to_dyads(text, candidates))

    def analyse(self, article: Article) -> Analysis | None:
        """The analysis of an article's text, English or not; None when nothing in it can be an event."""
        folded = fold(article.text)
        lower = folded.lower()
        marks = self._triggers.find(lower)
        if not marks.promising or (marks.sport > 1 and self._is_sport(lower)):
            return None
        day = article.published.date() if article.published else None
        return Analysis(self._vocabulary, folded, lower, len(article.title or ""), day, marks)

    def _is_sport(self, lower: str) -> bool:
        words = self._vocabulary.sets["sport"]
        count = sum(word.strip(".,'\"") in words for word in lower.split())
        dense = count >= 3 and count > len(lower) / _SPORT_SHARE
        return dense or (count >= 2 and len(lower) < 400)
