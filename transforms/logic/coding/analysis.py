"""The sentences of one article analysed on demand, and what their triggers propose."""

import string
from datetime import date
from functools import cached_property

from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.chunks import VerbGroup, chunk_tokens
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.days import Time, times_of, told_day
from transforms.logic.coding.frames.nominal import propose_noun
from transforms.logic.coding.frames.opponents import propose_opponents
from transforms.logic.coding.frames.proposals import Proposal
from transforms.logic.coding.frames.verbal import propose_verb
from transforms.logic.coding.frames.victims import propose_victims
from transforms.logic.coding.groups import Reader
from transforms.logic.coding.scene import Scene
from transforms.logic.coding.sentences import split_sentences
from transforms.logic.coding.tagging import tag_tokens
from transforms.logic.coding.tokens import tokenise
from transforms.logic.coding.triggers import Marks, marked_sentences
from transforms.logic.coding.vocabulary import Vocabulary

_SMALL = string.ascii_lowercase.encode()
_CAPITAL = string.ascii_uppercase.encode()


def _is_capitals(text: str) -> bool:
    """Whether a text is all in capitals, so that IS and US may be words."""
    sample = text[:2000].encode("ascii", "ignore")
    small = len(sample) - len(sample.translate(None, _SMALL))
    capital = len(sample) - len(sample.translate(None, _CAPITAL))
    return 5 * capital > 3 * max(1, capital + small)


class Analysis:
    """One article under analysis. `marks` are its triggers; only their sentences are proposed from."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        text: str,
        lower: str,
        title_length: int,
        day: date | None,
        marks: Marks,
    ) -> None:
        self.vocabulary = vocabulary
        self.day = day
        self.now = day or told_day(lower)
        self._text = text
        self._lower = lower
        self._marks = marks
        self.sentences = split_sentences(text, title_length)
        self._hits = vocabulary.names.find(text, lower)
        if _is_capitals(text):
            self._hits = [hit for hit in self._hits if lower[hit.start : hit.end] not in vocabulary.classes]
        self.scene = Scene(vocabulary, lower, self._hits, day)
        self._hits = self.scene.placed_hits()
        self._reader = Reader(vocabulary, day)
        self._clauses: dict[int, Clause] = {}
        self._times: dict[int, list[Time]] = {}

    def clause(self, index: int) -> Clause:
        """The analysed sentence of this index."""
        if index not in self._clauses:
            sentence = self.sentences[index]
            tokens = tag_tokens(
                tokenise(self.vocabulary, self._text, self._lower, sentence.start, sentence.end, self._hits)
            )
            self._clauses[index] = Clause(
                sentence, index, tokens, chunk_tokens(tokens), self._reader, self.vocabulary.without
            )
        return self._clauses[index]

    def times(self, index: int) -> list[Time]:
        """The times told in a sentence; without a day of publication, what needs no calendar."""
        if index not in self._times:
            self._times[index] = times_of(self.clause(index).tokens, self.now, self.day is not None)
        return self._times[index]

    @cached_property
    def marked(self) -> list[int]:
        """The indexes of the sentences that are worth reading for a trigger."""
        return marked_sentences(self._marks, self.sentences)

    def holds(self, index: int, stems: tuple[str, ...]) -> bool:
        """Whether there is a sentence of this index and it holds any of these letters."""
        if index >= len(self.sentences):
            return False
        sentence = self.sentences[index]
        return any(self._lower.find(stem, sentence.start, sentence.end) >= 0 for stem in stems)

    def proposals(self, index: int) -> list[Proposal]:
        """What the triggers of a sentence propose, left to right, then the victims, then the opponents."""
        clause = self.clause(index)
        has = self.vocabulary.has
        found = []
        for at, chunk in enumerate(clause.chunks):
            if isinstance(chunk, VerbGroup):
                proposal = propose_verb(self.vocabulary, clause, at)
            else:
                reading = clause.readings[at] if has(Feature.NOUNS) else None
                proposal = propose_noun(self.vocabulary, clause, at) if reading and reading.trigger else None
            if proposal is not None:
                found.append(proposal)
        if has(Feature.VICTIMS):
            found += propose_victims(self.vocabulary, clause, found)
        if has(Feature.OPPONENTS):
            found += propose_opponents(self.vocabulary, clause, found)
        return found
