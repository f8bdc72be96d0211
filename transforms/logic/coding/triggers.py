"""Finding the words of a text that may report an event, and the sentences that are worth reading for them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from schemas.event import EventType, Side
from schemas.lexicon import NameKind, RoleClass
from transforms.logic.coding.sentences import Sentence
from transforms.logic.coding.vocabulary import VerbFrame, Vocabulary

_SPACES = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_WAR, _PEOPLE = 1, 2


class Demand(NamedTuple):
    """What a trigger asks of its sentence: a cue of one of these kinds (0 for none), and words behind it."""

    cues: int
    behind: tuple[str, ...]


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
        triggers, cues = _triggers(vocabulary), _cues(vocabulary)
        sport = {_padded(word) for word in vocabulary.sets["sport"]}
        words = sorted({*triggers, *cues, *sport})
        self._words = [_Word(triggers.get(word, ()), cues.get(word, 0), word in sport) for word in words]
        self._machine = AhoCorasick(words, matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def find(self, lower: str) -> Marks:
        """The marks of a lower-case text, in its order."""
        spaced = _padded(lower)
        triggers, cues, sport = [], [], 0
        words = self._words
        whole = None if lower.isascii() else lower
        for index, start, end in self._machine.find_matches_as_indexes(spaced, overlapping=True):
            if whole is not None and not _is_whole(whole, start, end - 2):
                continue
            word = words[index]
            if word.demands:
                triggers.append(Mark(start, word.demands))
            if word.cue:
                cues.append((start, word.cue))
            if word.sport:
                sport += 1
        return Marks(triggers, cues, sport, spaced)


def marked_sentences(marks: Marks, sentences: Sequence[Sentence]) -> list[int]:
    """The indexes of the sentences in which a trigger has what it asks for."""
    starts = [sentence.start for sentence in sentences]
    found: set[int] = set()
    for start, demands in marks.triggers:
        index = bisect_right(starts, start) - 1
        if index not in found and any(_is_met(marks, start, demand, sentences[index]) for demand in demands):
            found.add(index)
    return sorted(found)


def _is_met(marks: Marks, start: int, demand: Demand, sentence: Sentence) -> bool:
    if demand.cues:
        at = bisect_left(marks.cues, (sentence.start,))
        cues = marks.cues
        while at < len(cues) and cues[at][0] < sentence.end and not cues[at][1] & demand.cues:
            at += 1
        if at == len(cues) or cues[at][0] >= sentence.end:
            return False
    if not demand.behind:
        return True
    find, end = marks.spaced.find, sentence.end + 2
    return any(find(words, start, end) >= 0 for words in demand.behind)


def _padded(words: str) -> str:
    return f" {words.encode('ascii', 'replace').translate(_SPACES).decode('ascii')} "


def _is_whole(lower: str, start: int, end: int) -> bool:
    """Whether no letter outside ASCII, blank in the spaced text, stands beside `[start, end)`."""
    return not (start and lower[start - 1].isalnum()) and not (end < len(lower) and lower[end].isalnum())


_ALONE = (Demand(0, ()),)


def _triggers(vocabulary: Vocabulary) -> dict[str, tuple[Demand, ...]]:
    """The demands of each padded surface: forms of verbs that have frames, and nouns that are events."""
    found: dict[str, tuple[Demand, ...]] = {}
    by_lemma = {
        lemma: _demands(vocabulary, lemma, frames) for lemma, frames in vocabulary.verb_frames.items()
    }
    for form, verb in vocabulary.verbs.items():
        if verb.lemma in by_lemma:
            found[_padded(form)] = by_lemma[verb.lemma]
    for phrases in vocabulary.phrases.values():
        for phrase in phrases:
            if phrase.frame is not None:
                found[_padded(" ".join(phrase.words))] = _ALONE
    return found


def _demands(vocabulary: Vocabulary, lemma: str, frames: Iterable[VerbFrame]) -> tuple[Demand, ...]:
    """What the frames of a verb ask for; a single demand for nothing if one of them asks for nothing."""
    weak = lemma in vocabulary.sets["weak_trigger"]
    found: dict[Demand, None] = {}
    for frame in frames:
        people = frame.event_type is EventType.EVACUATION
        for cued, behind in _particles(frame):
            cues = (_WAR | _PEOPLE if people else _WAR) if weak and cued else 0
            found[Demand(cues, behind)] = None
    return _ALONE if _ALONE[0] in found else tuple(found)


def _particles(frame: VerbFrame) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """The particles of a frame, those that need a cue for a weak verb apart from those of several words."""
    if not frame.particles:
        yield True, ()
    for cued in (True, False):
        words = [p.words for p in frame.particles if cued is (p.gap or len(p.words) < 2)]
        if words:
            yield cued, tuple(_padded(" ".join(each)) for each in words)


def _cues(vocabulary: Vocabulary) -> dict[str, int]:
    """Words that make a weak trigger worth a look: of forces, fighters, weapons and danger, and of people."""
    found = {_padded(word): _WAR for word in vocabulary.cues}
    for surface, role in vocabulary.lexicon.roles.items():
        if role.cls in (RoleClass.PEOPLE, RoleClass.STAFF):
            found[_padded(surface)] = found.get(_padded(surface), 0) | _PEOPLE
        if role.side is Side.IGO:
            found[_padded(surface)] = _WAR | _PEOPLE
    for word in vocabulary.contexts:
        found[_padded(word)] = _WAR | _PEOPLE
    for name in vocabulary.lexicon.names:
        low = name.surface.lower()
        people = name.kind is NameKind.PEOPLE and low.endswith("s")
        armed = name.side is Side.ARMED and not (name.case_sensitive and low in vocabulary.classes)
        if people or armed:
            found[_padded(low)] = _WAR | _PEOPLE
    return found
