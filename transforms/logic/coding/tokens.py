"""Tokens: words with their class, and the names, roles and triggers that they spell."""

import re
from bisect import bisect_left

from schemas.lexicon import Name, RoleNoun
from transforms.logic.coding.matching import NameHit
from transforms.logic.coding.vocabulary import NounFrame, VerbForm, Vocabulary

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:-[A-Za-z]+)*"  # U.S., U.S.-led
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|km|am|pm|mm)?\b(?:-[A-Za-z]+)*"
    r"|'s\b|'(?=\s|$)"
    r"|[^\W_]+(?:(?:-|\.(?=[a-z]{2,3}\b)|'(?!s\b))[^\W_]+)*"
    r"|[^\w\s]"
)
_SUFFIX = re.compile(
    r"^(.+?)-(held|controlled|occupied|run|dominated|led|backed|linked|allied|aligned|affiliated|besieged|supported|"
    r"made|owned|trained|funded|based|sponsored|flagged|administered|born|inspired|friendly|supplied|built|installed)$"
)
_OWNING = frozenset(("country", "capital", "leader", "actor", "metonym"))
_PREFIX = re.compile(r"^(?:anti|pro|ex|non|post|pre)-")


class Token:
    """One word or mark, at `[start, end)` of the text.

    `cls` is the class letter: D determiner, # number, O pronoun, W relative, X auxiliary, M modal, ! negation,
    P preposition, C conjunction, S subordinator, B adverb, L weekday or month, J "to", V verb, N other word,
    G name, R role noun, T trigger noun, H compound such as "rebel-held" (`stem`, `suffix`), ' possessive, or
    the mark itself. `low` is the lower-case spelling, for several words joined by blanks.
    """

    __slots__ = ("cls", "end", "form", "frame", "low", "names", "role", "start", "stem", "suffix", "upper")

    def __init__(self, start: int, end: int, low: str, upper: bool) -> None:
        self.start = start
        self.end = end
        self.low = low
        self.upper = upper
        self.cls = "N"
        self.form: VerbForm | None = None
        self.names: tuple[Name, ...] = ()
        self.role: RoleNoun | None = None
        self.frame: NounFrame | None = None
        self.stem = ""
        self.suffix = ""

    def __repr__(self) -> str:
        return f"{self.low}/{self.cls}"


def tokenise(
    vocabulary: Vocabulary, text: str, lower: str, start: int, end: int, hits: list[NameHit]
) -> list[Token]:
    """The tokens of `text[start:end]`; `hits` are the names of the whole text, sorted by start."""
    tokens = [
        Token(m.start(), m.end(), lower[m.start() : m.end()], text[m.start()].isupper())
        for m in _TOKEN.finditer(text, start, end)
    ]
    tokens = _join_names(tokens, lower, hits, start, end)
    tokens = _split_lost_apostrophes(vocabulary, tokens)
    tokens = _join_phrases(vocabulary, tokens)
    for token in tokens:
        if token.cls == "N":
            _classify(vocabulary, token)
    return tokens


def _join_names(tokens: list[Token], lower: str, hits: list[NameHit], start: int, end: int) -> list[Token]:
    """Tokens with those that spell a name joined; a name inside a compound word is left alone."""
    at = bisect_left(hits, start, key=lambda hit: hit.start)
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        while at < len(hits) and hits[at].start < token.start:
            at += 1
        if at < len(hits) and hits[at].start == token.start and hits[at].end <= end:
            j = i
            while j < len(tokens) and tokens[j].end < hits[at].end:
                j += 1
            if j < len(tokens) and tokens[j].end == hits[at].end:
                out.append(_joined(tokens[i : j + 1], lower, hits[at].names))
                i = j + 1
                continue
        out.append(token)
        i += 1
    return out


def _joined(parts: list[Token], lower: str, names: tuple[Name, ...]) -> Token:
    token = Token(parts[0].start, parts[-1].end, lower[parts[0].start : parts[-1].end], parts[0].upper)
    token.cls = "G"
    token.names = names
    return token


def _split_lost_apostrophes(vocabulary: Vocabulary, tokens: list[Token]) -> list[Token]:
    """ "Syrias army" read as "Syria's army": dumps lose apostrophes."""
    out: list[Token] = []
    for token in tokens:
        out.append(token)
        low = token.low
        if token.cls != "N" or not token.upper or not low.endswith("s") or low in vocabulary.by_word:
            continue
        names = vocabulary.by_word.get(low[:-1], ())
        names = tuple(n for n in names if n.kind in _OWNING and not n.case_sensitive)
        if names:
            token.cls, token.names, token.low, token.end = "G", names, low[:-1], token.end - 1
            mark = Token(token.end, token.end + 1, "'s", False)
            out.append(mark)
    return out


def _join_phrases(vocabulary: Vocabulary, tokens: list[Token]) -> list[Token]:
    """Tokens with role nouns and trigger nouns of one or more words joined, the longest first."""
    out: list[Token] = []
    phrases = vocabulary.phrases
    i = 0
    while i < len(tokens):
        token = tokens[i]
        step = 1
        if token.cls == "N" and token.low in phrases:
            for phrase in phrases[token.low]:
                n = len(phrase.words)
                if n > 1 and tuple(t.low for t in tokens[i : i + n]) != phrase.words:
                    continue
                if n > 1:
                    last = tokens[i + n - 1]
                    token = Token(token.start, last.end, " ".join(phrase.words), token.upper)
                token.cls = "R" if phrase.role else "T"
                token.role, token.frame = phrase.role, phrase.frame
                token.form = vocabulary.verbs.get(token.low) if n == 1 else None
                step = n
                break
        out.append(token)
        i += step
    return out


def _classify(vocabulary: Vocabulary, token: Token) -> None:
    low = token.low
    if low in ("'s", "'"):
        token.cls = "'"
    elif not low[0].isalnum():
        token.cls = low
    elif low[0].isdigit():
        token.cls = "#"
    elif low in vocabulary.classes:
        token.cls = vocabulary.classes[low]
        if token.cls == "L" and not token.upper:
            token.cls = "N"
    elif low.endswith("n't"):
        token.cls = "X"
    elif low in vocabulary.contexts and token.upper:
        token.cls = "G"
    else:
        _classify_open(vocabulary, token)
    if token.cls == "N" and low in vocabulary.verbs:
        token.form = vocabulary.verbs[low]
        token.cls = "V"


def _classify_open(vocabulary: Vocabulary, token: Token) -> None:
    low = token.low
    compound = _SUFFIX.match(low) if "-" in low else None
    if compound:
        token.cls, token.stem, token.suffix = "H", compound[1], compound[2]
    elif "-" in low and _PREFIX.match(low):
        token.cls, token.stem, token.suffix = "H", low.split("-", 1)[1], low.split("-", 1)[0]
    elif low.endswith("ly") and len(low) > 4 and not token.upper and low not in vocabulary.verbs:
        token.cls = "B"
