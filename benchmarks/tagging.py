"""Finding the names of the lexicon in texts, ours and spaCy's PhraseMatcher, which is made for the same.

spaCy is no dependency: `pip install spacy` to measure it. It is used as its documentation shows, over a blank
English pipeline, which only splits words: names that match in any case by LOWER, the others by ORTH.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from benchmarks.common import Dump, Tools, processor_seconds
from schemas.lexicon import Name
from transforms.logic.coding.matching import NameMatcher, fold

MOST = 1_000
"""Articles to tag."""

Finder = Callable[[str], int]
"""Says how many names there are in a text."""


@dataclass(frozen=True)
class Tagging:
    """Who found how many names in how many articles, in how many seconds of processor time."""

    by: str
    dump: str
    articles: int
    megabytes: float
    found: int
    seconds: float


def measure(dump: Dump, tools: Tools) -> list[Tagging]:
    """Ours, and spaCy's where it is installed, over the first articles of a dump."""
    texts = [article.text for article in dump.articles[:MOST]]
    finders = {"wiretally": _ours(tools.lexicon.names)}
    if find_spec("spacy"):
        finders["spaCy PhraseMatcher"] = _spacy(tools.lexicon.names)
    return [_tagging(by, find, dump.name, texts) for by, find in finders.items()]


def _tagging(by: str, find: Finder, dump: str, texts: Sequence[str]) -> Tagging:
    found = sum(map(find, texts))
    seconds = processor_seconds(lambda: [find(text) for text in texts])
    return Tagging(by, dump, len(texts), sum(map(len, texts)) / 1e6, found, seconds)


def _ours(names: Sequence[Name]) -> Finder:
    matcher = NameMatcher(names)

    def find(text: str) -> int:
        folded = fold(text)
        return len(matcher.find(folded, folded.lower()))

    return find


def _spacy(names: Sequence[Name]) -> Finder:
    language = import_module("spacy").blank("en")
    kind, longest = import_module("spacy.matcher").PhraseMatcher, import_module("spacy.util").filter_spans
    matchers = {exact: kind(language.vocab, attr="ORTH" if exact else "LOWER") for exact in (False, True)}
    for exact, matcher in matchers.items():
        surfaces = sorted({name.surface for name in names if name.case_sensitive == exact})
        matcher.add("name", [language.make_doc(surface) for surface in surfaces])

    def find(text: str) -> int:
        words = language.make_doc(text)
        return len(longest([span for matcher in matchers.values() for span in matcher(words, as_spans=True)]))

    return find
