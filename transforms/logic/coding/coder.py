"""The coder: a cascade of finite-state stages over the sentences that hold a trigger."""

from datetime import date

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from schemas.article import Article
from schemas.event import Coding
from schemas.lexicon import Lexicon
from transforms.logic.coding.ablation import NOTHING, Feature, Features
from transforms.logic.coding.analysis import Analysis, Mark
from transforms.logic.coding.consistency import make_consistent
from transforms.logic.coding.matching import FOLDS
from transforms.logic.coding.records import to_dyads, to_events
from transforms.logic.coding.settling import settle
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
    """

    def __init__(self, lexicon: Lexicon, without: Features = NOTHING) -> None:
        self._vocabulary = compile_vocabulary(lexicon, without)
        words = sorted(self._vocabulary.triggers)
        self._weak = [self._vocabulary.is_weak(word) for word in words]
        self._triggers = AhoCorasick(
            words,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """The compiled lexicon, for tools that explain."""
        return self._vocabulary

    def code(self, article: Article) -> Coding:
        """The events and dyads of an article; offsets count code points of `article.text`."""
        if article.language is not None and article.language not in LANGUAGES:
            return Coding(status=f"{UNCODED}{article.language}", events=(), dyads=())
        text = article.text
        day = article.published.date() if article.published else None
        candidates = self._candidates(text, len(article.title or ""), day)
        return Coding(status=CODED, events=to_events(text, candidates), dyads=to_dyads(text, candidates))

    def _candidates(self, text: str, title_length: int, day: date | None):  # type: ignore[no-untyped-def]
        folded = text.translate(FOLDS)
        lower = folded.lower()
        marks = self._marks(lower)
        if not marks or self._is_sport(lower):
            return []
        analysis = Analysis(self._vocabulary, folded, lower, title_length, day, marks)
        candidates = settle(analysis)
        return make_consistent(candidates) if self._vocabulary.has(Feature.CONSISTENCY) else candidates

    def _marks(self, lower: str) -> list[Mark]:
        """The trigger words of a text; none when all are weak and nothing else speaks of war or danger."""
        last = len(lower)
        marks = [
            Mark(start, self._weak[index])
            for index, start, end in self._triggers.find_matches_as_indexes(lower, overlapping=True)
            if not (start and lower[start - 1].isalnum()) and not (end < last and lower[end].isalnum())
        ]
        return marks

    def _is_sport(self, lower: str) -> bool:
        words = self._vocabulary.sets["sport"]
        count = sum(word.strip(".,'\"") in words for word in lower.split())
        return count >= 3 and count > len(lower) / _SPORT_SHARE or count >= 2 and len(lower) < 400
