"""The sentences of one article analysed on demand, and what their triggers propose."""

import string
from datetime import date
from functools import cached_property

from schemas.event import EventType
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.background import Background
from transforms.logic.coding.chunks import VerbGroup, chunk_tokens
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.days import Time, times_of, told_day
from transforms.logic.coding.frames.nominal import propose_noun
from transforms.logic.coding.frames.opponents import propose_opponents
from transforms.logic.coding.frames.proposals import Proposal
from transforms.logic.coding.frames.sieges import BESIEGED, propose_besieged
from transforms.logic.coding.frames.verbal import propose_verb
from transforms.logic.coding.frames.victims import propose_later_victims, propose_victims
from transforms.logic.coding.groups import Reader
from transforms.logic.coding.matching import NameHit
from transforms.logic.coding.scene import Scene
from transforms.logic.coding.sentences import split_sentences
from transforms.logic.coding.tagging import tag_tokens
from transforms.logic.coding.tokens import Token, tokenise
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


def _holds_trigger(tokens: list[Token], vocabulary: Vocabulary) -> bool:
    """Whether any word is still a trigger now that verbs are told from nouns."""
    frames = vocabulary.verb_frames
    for token in tokens:
        if token.cls == "T" or (token.cls == "X" and token.low == "get"):
            return True
        if token.cls == "V" and token.form is not None and token.form.lemma in frames:
            return True
    return False


_CASUALTIES = ("kill", "dead", "died", "bod", "wound", "injur", "casualt", "toll")
"""Parts of words without which no sentence counts casualties."""


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
        self._text = text
        self.lower = lower
        self._marks = marks
        self._background = Background(vocabulary, lower)
        self.sentences = split_sentences(text, title_length)
        self._reader = Reader(vocabulary, day)
        self._tokens: dict[int, list[Token]] = {}
        self._clauses: dict[int, Clause] = {}
        self._times: dict[int, list[Time]] = {}
        self._proposed: dict[int, tuple[Proposal, ...]] = {}

    @cached_property
    def now(self) -> date:
        """The day of publication, else one that the text tells."""
        return self.day or told_day(self.lower)

    @cached_property
    def scene(self) -> Scene:
        """What the article's names say of its places and groups."""
        lower, classes = self.lower, self.vocabulary.classes
        hits = self.vocabulary.names.find(self._text, lower)
        if _is_capitals(self._text):
            hits = [hit for hit in hits if lower[hit.start : hit.end] not in classes]
        return Scene(self.vocabulary, lower, hits, self.day)

    @cached_property
    def _hits(self) -> list[NameHit]:
        return self.scene.placed_hits()

    def _tagged(self, index: int) -> list[Token]:
        if index not in self._tokens:
            start, end, _ = self.sentences[index]
            tokens = tokenise(self.vocabulary, self._text, self.lower, start, end, self._hits)
            self._tokens[index] = tag_tokens(tokens)
        return self._tokens[index]

    def clause(self, index: int) -> Clause:
        """The analysed sentence of this index."""
        if index not in self._clauses:
            tokens, without = self._tagged(index), self.vocabulary.without
            chunks = chunk_tokens(tokens)
            self._clauses[index] = Clause(self.sentences[index], index, tokens, chunks, self._reader, without)
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
        return any(self.lower.find(stem, sentence.start, sentence.end) >= 0 for stem in stems)

    def _triggered(self, index: int) -> tuple[Proposal, ...]:
        """What the verbs and nouns of a sentence propose, left to right."""
        if index not in self._proposed:
            found = []
            besieged = self.vocabulary.has(Feature.NOUNS) and self.holds(index, (BESIEGED,))
            if besieged or _holds_trigger(self._tagged(index), self.vocabulary):
                clause, words = self.clause(index), self.vocabulary
                nouns = {i for i, token in enumerate(clause.tokens) if token.cls == "T"}
                nouns = nouns if words.has(Feature.NOUNS) else set()
                for at, chunk in enumerate(clause.chunks):
                    if isinstance(chunk, VerbGroup):
                        if chunk.lemma in words.verb_frames:
                            found.append(propose_verb(words, clause, at))
                        continue
                    if nouns and chunk.kind == "NP" and not nouns.isdisjoint(range(chunk.i, chunk.j)):
                        found.append(propose_noun(words, clause, at))
                    if besieged and chunk.kind == "NP":
                        found.append(propose_besieged(words, clause, at, self._reader))
            excludes = self._background.excludes
            self._proposed[index] = tuple([p for p in found if p is not None and not excludes(p)])
        return self._proposed[index]

    def _later_victims(self, index: int, events: list[Proposal]) -> list[Proposal]:
        """The casualties of a strike that the next sentence counts, if that reports nothing itself."""
        if all(event.event_type is not EventType.STRIKE for event in events):
            return []
        if not self.holds(index + 1, _CASUALTIES) or self._triggered(index + 1):
            return []
        return propose_later_victims(self.vocabulary, self.clause(index + 1), events)

    def proposals(self, index: int) -> list[Proposal]:
        """What the triggers of a sentence propose, left to right, then the victims, then the opponents."""
        found = list(self._triggered(index))
        if not found:
            return found
        clause, has = self.clause(index), self.vocabulary.has
        if has(Feature.VICTIMS):
            later = self._later_victims(index, found)
            found += propose_victims(self.vocabulary, clause, found) + later
        if has(Feature.OPPONENTS):
            found += propose_opponents(self.vocabulary, clause, found)
        return found
