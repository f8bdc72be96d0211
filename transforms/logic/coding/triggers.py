"""Finding the words of a text that may report an event, and the sentences that are worth reading for them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from transforms.logic.coding.demands import Demand, demands_of_triggers, kinds_of_cues, spaced_words
from transforms.logic.coding.sentences import Sentence
from transforms.logic.coding.vocabulary import Vocabulary

_NEAR = 30
"""Characters within which words stand close to a trigger."""


class Mark(NamedTuple):
    """A trigger at an offset of the text; one of its demands must be met."""

    start: int
    demands: tuple[Demand, ...]


class Marks(NamedTuple):
    """What one pass over a text finds: triggers and cues by offset, and how many words of sport.

    `spaced` is the text with a blank for all that is no ASCII letter or digit, one blank around it.
    """

    triggers: list[Mark]
    cues: list[tuple[int, int]]
    sport: int
    spaced: str

    @property
    def promising(self) -> bool:
        """Whether any trigger can count."""
        return bool(self.triggers) and (
            bool(self.cues) or any(not demand.cues for mark in self.triggers for demand in mark.demands)
        )


class _Word(NamedTuple):
    demands: tuple[Demand, ...]
    cue: int
    sport: bool


class TriggerFinder:
    """Every trigger, cue and word of sport of a vocabulary, compiled. Does not pickle."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        triggers, cues = demands_of_triggers(vocabulary), kinds_of_cues(vocabulary)
        sport = {spaced_words(word) for word in vocabulary.sets["sport"]}
        words = sorted({*triggers, *cues, *sport})
        self._words = [_Word(triggers.get(word, ()), cues.get(word, 0), word in sport) for word in words]
        self._machine = AhoCorasick(
            words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, lower: str) -> Marks:
        """The marks of a lower-case text, in its order."""
        spaced = spaced_words(lower)
        triggers: list[Mark] = []
        cues: list[tuple[int, int]] = []
        sport, words = 0, self._words
        whole = None if lower.isascii() else lower
        for index, start, end in self._machine.find_matches_as_indexes(spaced, overlapping=True):
            if whole is not None and not _is_whole(whole, start, end - 2):
                continue
            demands, cue, is_sport = words[index]
            if demands:
                triggers.append(Mark(start, demands))
            if cue:
                cues.append((start, cue))
            sport += is_sport
        return Marks(triggers, cues, sport, spaced)


def marked_sentences(marks: Marks, sentences: Sequence[Sentence]) -> list[int]:
    """The indexes of the sentences in which a trigger has what it asks for."""
    starts = [sentence.start for sentence in sentences]
    found: set[int] = set()
    cues: dict[int, int] = {}
    for start, demands in marks.triggers:
        index = bisect_right(starts, start) - 1
        if index in found:
            continue
        if index not in cues:
            cues[index] = _cues_in(marks.cues, sentences[index])
        for demand in demands:
            wanted = demand.cues
            if (not wanted or wanted & cues[index]) and _has_words(
                marks.spaced, start, demand, sentences[index]
            ):
                found.add(index)
                break
    return sorted(found)


def _cues_in(cues: list[tuple[int, int]], sentence: Sentence) -> int:
    """All kinds of cues in a sentence."""
    kinds = 0
    for at in range(bisect_left(cues, (sentence.start, 0)), len(cues)):
        start, kind = cues[at]
        if start >= sentence.end:
            break
        kinds |= kind
    return kinds


def _has_words(spaced: str, start: int, demand: Demand, sentence: Sentence) -> bool:
    """Whether the words that a trigger asks for stand around it."""
    if demand.before and spaced.find(demand.before, max(0, start - _NEAR), start + 1) < 0:
        return False
    if not demand.behind:
        return True
    if demand.close:
        end = spaced.find(" ", start + 1)
        return f" {spaced[end : end + _NEAR].lstrip()}".startswith(demand.behind)
    last = sentence.end + 2
    return any(spaced.find(words, start, last) >= 0 for words in demand.behind)


def _is_whole(lower: str, start: int, end: int) -> bool:
    """Whether no letter outside ASCII, blank in the spaced text, stands beside `[start, end)`."""
    return not (start and lower[start - 1].isalnum()) and not (end < len(lower) and lower[end].isalnum())
