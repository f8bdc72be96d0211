"""Where in an article the words stand that show a label."""

from functools import cached_property

from transforms.logic.coding.matching import FOLDS
from transforms.logic.coding.sentences import split_sentences

Span = tuple[int, int]


class Passages:
    """A text in which words are found. Offsets count its code points; `title_length` are of its title."""

    def __init__(self, text: str, title_length: int) -> None:
        self._text = text
        self._title_length = title_length

    def sentences_with(self, words: str) -> Span | None:
        """The sentences that these words stand in; None where the text does not have them."""
        found = self.find(words)
        if found is None:
            return None
        touched = [sentence for sentence in self._sentences if overlap(sentence, found)]
        return (touched[0][0], touched[-1][1]) if touched else found

    def find(self, words: str) -> Span | None:
        """Where these words stand, whatever is between them: quotes, dashes and white space may differ.

        Of words with gaps ("A ... B") the first part. None for blank words.
        """
        letters, at = self._letters
        for part in (words, words.replace("…", "...").split("...")[0]):
            wanted, _ = _letters_of(part)
            start = letters.find(wanted) if wanted else -1
            if start >= 0:
                return at[start], at[start + len(wanted) - 1] + 1
        return None

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        return _letters_of(self._text)

    @cached_property
    def _sentences(self) -> list[Span]:
        return [(s.start, s.end) for s in split_sentences(self._text.translate(FOLDS), self._title_length)]


def overlap(one: Span, two: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < two[1] and two[0] < one[1]


def _letters_of(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, case folded one by one, with their offsets."""
    kept = [(sign.lower(), i) for i, sign in enumerate(text) if sign.isalnum()]
    return "".join(sign for sign, _ in kept), [i for sign, i in kept for _ in sign]
