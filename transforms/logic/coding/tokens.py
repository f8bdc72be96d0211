"""Tokens: words with their class, and the names, roles and triggers that they spell."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from transforms.logic.coding.matching import NameHit
from transforms.logic.coding.vocabulary import NounFrame, Phrase, Vocabulary
from transforms.logic.coding.words import Word, as_phrase, read_word

_TOKEN = re.compile(
    r"[A-Za-z]++(?=[ ,])"  # what most words are, tried first
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.(?= ?\d)"
    r"|(?:[A-Za-z]\.){2,}(?:-[A-Za-z]+)*"  # U.S., U.S.-led
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|km|am|pm|mm)?\b(?:-[A-Za-z]+)*"
    r"|'s\b|'(?=\s|$)"
    r"|[^\W_]+(?:(?:-|\.(?=[a-z]{2,3}\b)|'(?!s\b))[^\W_]+)*"
    r"|[^\w\s]"
)
_START = itemgetter(0)
_POSSESSIVE = Word("'s", False, "'")


class Token:
    """One word or mark, at `[start, end)` of the text.

    `cls` is the class letter: D determiner, # number, O pronoun, W relative, X auxiliary, M modal,
    ! negation, P preposition, C conjunction, S subordinator, B adverb, L weekday or month, J "to", V verb,
    N other word, G name, R role noun, T trigger noun, H compound such as "rebel-held" (`stem`, `suffix`),
    ' possessive, or the mark itself. `low` is the lower-case spelling, for several words joined by blanks.
    """

    __slots__ = ("cls", "end", "form", "low", "names", "role", "start", "word")

    def __init__(self, start: int, end: int, word: Word) -> None:
        self.start = start
        self.end = end
        self.word = word
        self.low = word.low
        self.cls = word.cls
        self.form = word.form
        self.names = word.names
        self.role = word.role

    @property
    def upper(self) -> bool:
        """Whether it begins with a capital."""
        return self.word.upper

    @property
    def frame(self) -> NounFrame | None:
        """What a trigger noun reports."""
        return self.word.frame

    @property
    def stem(self) -> str:
        """What stands before the suffix or behind the prefix of a compound."""
        return self.word.stem

    @property
    def suffix(self) -> str:
        """The suffix or prefix of a compound."""
        return self.word.suffix

    def __repr__(self) -> str:
        return f"{self.low}/{self.cls}"


def tokenise(
    vocabulary: Vocabulary, text: str, lower: str, start: int, end: int, hits: list[NameHit]
) -> list[Token]:
    """The tokens of `text[start:end]`; `hits` are the names of the whole text, sorted by start.

    Names are joined first, then roles and trigger nouns of several words, the longest first.
    """
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    known = vocabulary.words
    tokens: list[Token] = []
    openers: list[tuple[int, dict[str, tuple[Phrase, ...]]]] = []
    done = 0
    for at, behind_name, hit in _joins(spans, hits, start, end):
        for first, behind in spans[done:at]:
            spelling = text[first:behind]
            word = known.get(spelling) or read_word(vocabulary, spelling)
            if word.lost:
                tokens += _possessive(first, behind, word)
                continue
            if word.phrases:
                openers.append((len(tokens), word.phrases))
            tokens.append(Token(first, behind, word))
        if hit is not None:
            name = Word(lower[hit.start : hit.end], text[hit.start].isupper(), "G", hit.names)
            tokens.append(Token(hit.start, hit.end, name))
        done = behind_name
    return _join_phrases(tokens, openers) if openers else tokens


def _possessive(start: int, end: int, word: Word) -> tuple[Token, Token]:
    """ "Syrias" as "Syria" and "'s"."""
    name = Token(start, end - 1, Word(word.low[:-1], True, "G", word.lost))
    return name, Token(end - 1, end, _POSSESSIVE)


def _joins(
    spans: list[tuple[int, int]], hits: list[NameHit], start: int, end: int
) -> Iterator[tuple[int, int, NameHit | None]]:
    """The index of the first word of each name, that behind its last, and the name; the end of all at last.

    A name that begins or ends inside a compound word is left alone.
    """
    for at in range(bisect_left(hits, start, key=_START), len(hits)):
        hit = hits[at]
        if hit.start >= end:
            break
        first, behind = bisect_left(spans, (hit.start, 0)), bisect_left(spans, (hit.end, 0))
        if (
            hit.end <= end
            and first < behind
            and spans[first][0] == hit.start
            and spans[behind - 1][1] == hit.end
        ):
            yield first, behind, hit
    yield len(spans), len(spans), None


def _join_phrases(
    tokens: list[Token], openers: list[tuple[int, dict[str, tuple[Phrase, ...]]]]
) -> list[Token]:
    """Tokens with the phrases joined that begin at `openers`."""
    joined: list[Token] = []
    done = 0
    for i, by_second in openers:
        phrases = by_second.get(tokens[i + 1].low) if done <= i < len(tokens) - 1 else None
        phrase = _phrase_at(tokens, i, phrases) if phrases else None
        if phrase is not None:
            joined += tokens[done:i]
            done = i + len(phrase.words)
            word = as_phrase(Word(" ".join(phrase.words), tokens[i].upper), phrase)
            joined.append(Token(tokens[i].start, tokens[done - 1].end, word))
    return joined + tokens[done:] if done else tokens


def _phrase_at(tokens: list[Token], i: int, phrases: tuple[Phrase, ...]) -> Phrase | None:
    lows = tuple(token.low for token in tokens[i : i + len(phrases[0].words)])
    for phrase in phrases:
        if lows[: len(phrase.words)] == phrase.words:
            return phrase
    return None
