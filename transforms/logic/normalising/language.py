"""The language of a text."""

import re
from functools import cache
from typing import Any

from transforms.logic.normalising.fold import fold
from transforms.logic.normalising.languages import ISO_639_1

_SAMPLE = 1000
_ENOUGH_LETTERS = 60
_FEWEST_LETTERS = 16
_ENOUGH_WORDS = 20
_ENGLISH_SHARE = 0.1
# Words of nearly every English sentence and of hardly any sentence of another language.
_ENGLISH_WORDS = """
the and of to that with which from this they their were been has had would who by said as it its after
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_TAG = re.compile(r"[a-z]{2,3}(?=$|[-_])")


def detect_language(text: str, declared: str | None) -> str | None:
    """Return the ISO 639-1 code of the language of `text` (title and body), None if nothing tells.

    The first 1,000 code points decide. Texts of fewer than 60 letters take the declared language, on which
    models err (and with fewer than 16 none is guessed). Longer ones are judged by their words, since declared
    languages are often an outlet's and not an article's: "the" and a tenth of common English words among at
    least 20 make English, and anything else is put to py3langid (accuracy .99 for a sentence), which loads
    once a process and knows only the languages of `ISO_639_1` here. Deterministic.
    """
    sample = text[:_SAMPLE]
    words = fold(sample).split(" ")
    if len(sample) < 2 * _ENOUGH_LETTERS and sum(map(len, words)) < _ENOUGH_LETTERS:
        stated = normalise_language(declared)
        if stated or sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
            return stated
    if (
        len(words) >= _ENOUGH_WORDS
        and "the" in words
        and sum(map(_ENGLISH.__contains__, words)) >= _ENGLISH_SHARE * len(words)
    ):
        return "en"
    code, _ = _model().classify(sample)
    return str(code)


def normalise_language(declared: str | None) -> str | None:
    """Return the ISO 639-1 code for a code ("eng", "en-GB") or an English name ("English"), else None."""
    if not declared:
        return None
    lowered = declared.strip().lower()
    if lowered in ISO_639_1:
        return ISO_639_1[lowered]
    tag = _TAG.match(lowered)
    return ISO_639_1.get(tag[0]) if tag else None


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a second to load: for texts that need it

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(set(ISO_639_1.values()) & set(model.labels))
    return model
