"""What the vocabulary says of one spelling, wherever it stands."""

import re

from schemas.lexicon import Name, RoleNoun
from transforms.logic.coding.vocabulary import NounFrame, Phrase, VerbForm, Vocabulary

_SUFFIX = re.compile(
    r"^(.+?)-(held|controlled|occupied|run|dominated|led|backed|linked|allied|aligned|affiliated|besieged|supported|"
    r"made|owned|trained|funded|based|sponsored|flagged|administered|born|inspired|friendly|supplied|built|installed)$"
)
_PREFIX = re.compile(r"^(?:anti|pro|ex|non|post|pre)-")
_OWNING = frozenset(("country", "capital", "leader", "actor", "metonym"))
_KEPT = 50_000


class Word:
    """A spelling: `low` in lower case, `upper` whether it begins with a capital, and what it is by itself.

    `cls` and what follows it are those of its token, see `Token`. `phrases` are the terms of several words
    that it may begin, by their second word and longest first; `lost` the names of which it is the possessive
    without its apostrophe ("Syrias").
    """

    __slots__ = (
        "cls",
        "form",
        "frame",
        "lost",
        "low",
        "names",
        "phrases",
        "role",
        "stem",
        "suffix",
        "upper",
    )

    def __init__(self, low: str, upper: bool, cls: str = "N", names: tuple[Name, ...] = ()) -> None:
        self.low = low
        self.upper = upper
        self.cls = cls
        self.names = names
        self.form: VerbForm | None = None
        self.role: RoleNoun | None = None
        self.frame: NounFrame | None = None
        self.stem = ""
        self.suffix = ""
        self.phrases: dict[str, tuple[Phrase, ...]] = {}
        self.lost: tuple[Name, ...] = ()


def read_word(vocabulary: Vocabulary, spelling: str) -> Word:
    """The word of a spelling, from the vocabulary's memory if it was met before."""
    memory = vocabulary.words
    if len(memory) >= _KEPT:
        memory.clear()
    word = memory[spelling] = _read(vocabulary, spelling)
    return word


def _read(vocabulary: Vocabulary, spelling: str) -> Word:
    low = spelling.lower()
    if len(low) > 2 and low.find(".") == len(low) - 1:
        low = low[:-1]  # "Oct."
    word = Word(low, spelling[0].isupper())
    if word.upper:
        word.lost = _lost(vocabulary, low)
    phrases = vocabulary.phrases.get(low, ())
    for phrase in phrases:
        if len(phrase.words) > 1:
            word.phrases[phrase.words[1]] = (*word.phrases.get(phrase.words[1], ()), phrase)
    if phrases and len(phrases[-1].words) == 1:
        as_phrase(word, phrases[-1])
        word.form = vocabulary.verbs.get(low)
    else:
        _classify(vocabulary, word)
    return word


def as_phrase(word: Word, phrase: Phrase) -> Word:
    """The word with the role or the event that a phrase stands for."""
    word.cls = "R" if phrase.role else "T"
    word.role, word.frame = phrase.role, phrase.frame
    return word


def _lost(vocabulary: Vocabulary, low: str) -> tuple[Name, ...]:
    """ "Syrias" read as "Syria's": dumps lose apostrophes."""
    if not low.endswith("s") or low in vocabulary.by_word:
        return ()
    names = vocabulary.by_word.get(low[:-1], ())
    return tuple(name for name in names if name.kind in _OWNING and not name.case_sensitive)


def _classify(vocabulary: Vocabulary, word: Word) -> None:
    low = word.low
    if low in ("'s", "'"):
        word.cls = "'"
    elif not low[0].isalnum():
        word.cls = low
    elif low[0].isdigit():
        word.cls = "#"
    elif low in vocabulary.classes:
        word.cls = vocabulary.classes[low]
        if word.cls == "L" and not word.upper:
            word.cls = "N"
    elif low.endswith("n't"):
        word.cls = "X"
    elif low in vocabulary.contexts and word.upper:
        word.cls = "G"
    else:
        _classify_open(vocabulary, word)
    if word.cls == "N" and low in vocabulary.verbs:
        word.form = vocabulary.verbs[low]
        word.cls = "V"


def _classify_open(vocabulary: Vocabulary, word: Word) -> None:
    low = word.low
    compound = _SUFFIX.match(low) if "-" in low else None
    if compound:
        word.cls, word.stem, word.suffix = "H", compound[1], compound[2]
    elif "-" in low and _PREFIX.match(low) and not low.endswith("ly"):
        word.cls, word.stem, word.suffix = "H", low.split("-", 1)[1], low.split("-", 1)[0]
    elif low.endswith("ly") and len(low) > 4 and not word.upper and low not in vocabulary.verbs:
        word.cls = "N" if low in vocabulary.sets["ly_adjective"] else "B"
