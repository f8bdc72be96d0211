"""Telling the language, which is a part of normalising."""

from benchmarks.common import Dump, Figure, Tools, processor_seconds
from transforms.logic.normalising.language import detect_language


def measure(dump: Dump, _: Tools) -> Figure:
    """The language of each text, the model being loaded; what is short takes the one it was found to have."""
    texts = [(article.text, article.language) for article in dump.articles]
    seconds = processor_seconds(lambda: [detect_language(*text) for text in texts])
    return dump.figure("language, a part of normalise", len(texts), seconds)
