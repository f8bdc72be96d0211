"""Which sentences are worth reading."""

import pytest

from transforms.logic.coding import load_lexicon
from transforms.logic.coding.matching import fold
from transforms.logic.coding.sentences import split_sentences
from transforms.logic.coding.tokens import tokenise
from transforms.logic.coding.triggers import TriggerFinder, marked_sentences
from transforms.logic.coding.vocabulary import Vocabulary, compile_vocabulary
from transforms.logic.coding.words import read_word


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return compile_vocabulary(load_lexicon())


@pytest.fixture(scope="module")
def finder(vocabulary: Vocabulary) -> TriggerFinder:
    return TriggerFinder(vocabulary)


def is_marked(finder: TriggerFinder, text: str) -> bool:
    lower = fold(text).lower()
    return bool(marked_sentences(finder.find(lower), split_sentences(text, 0)))


@pytest.mark.parametrize(
    ("read", "passed"),
    [
        ("Rebels attacked the base.", "Rebels slept at the base."),
        ("It began the storming of the base.", "It spoke of the base."),
        ("Rebels took the town.", "Pupils took the bus."),
        ("The Houthis took the town.", "The choir took the town by surprise."),
        ("They took control of the town.", "They took the lead."),
        ("The Red Cross moved the wounded from the town.", "He moved the chair from the table."),
        ("The mayor told residents to leave.", "Residents leave at noon."),
        ("A drone killed three people.", "A fever killed three people."),
        ("Shells fell on the market.", "Prices fell on the market."),
        ("The fall of the town shocked them.", "The fall shocked them."),
        ("It ran a campaign against Ukraine.", "It ran a campaign for clean rivers."),
        ("Tanks rolled into the town.", "The wagon rolled over."),
        ("Troops fired on the crowd.", "The boss fired the cook."),
        ("The café attack — rebels' third — failed.", "The caféattack failed."),
    ],
)
def test_a_sentence_is_read_if_a_trigger_has_what_its_frames_ask_for(
    finder: TriggerFinder, read: str, passed: str
) -> None:
    assert is_marked(finder, read)
    assert not is_marked(finder, passed)


def test_a_cue_counts_in_its_own_sentence_only(finder: TriggerFinder) -> None:
    text = "Pupils took the bus. Rebels took the town. Soldiers slept."
    assert marked_sentences(finder.find(text.lower()), split_sentences(text, 0)) == [1]


def test_offsets_are_those_of_the_text(finder: TriggerFinder) -> None:
    text = "İt’s “war”: naïve rebels – attacked."
    lower = fold(text).lower()
    starts = [mark.start for mark in finder.find(lower).triggers]
    assert [lower[start : start + 8] for start in starts] == ["attacked"]


def test_a_spelling_is_read_once_and_the_same_again(vocabulary: Vocabulary) -> None:
    word = read_word(vocabulary, "attacked")
    assert vocabulary.words["attacked"] is word
    again = read_word(vocabulary, "attacked")
    assert (again.low, again.cls, again.form) == (word.low, word.cls, word.form)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("U.S.-led forces", ["u.s.-led", "forces"]),
        ("the Syrian army's base", ["the", "syrian", "army", "'s", "base"]),
        ("Syrias army", ["syria", "'s", "army"]),
        ("at 2,000 km/h", ["at", "2,000", "km", "/", "h"]),
        ("didn't stop.", ["didn't", "stop", "."]),
        ("naïve café owners", ["naïve", "café", "owners"]),
        ("a prime minister who left", ["a", "prime minister", "who", "left"]),
        ("a prime number", ["a", "prime", "number"]),
    ],
)
def test_words_and_terms_of_several_words_are_tokens(
    vocabulary: Vocabulary, text: str, tokens: list[str]
) -> None:
    found = tokenise(vocabulary, text, text.lower(), 0, len(text), [])
    assert [token.low for token in found] == tokens
    assert all(
        text[token.start : token.end].lower().startswith(token.low[:1]) for token in found if token.cls != "'"
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Gen. Smith left. He won.", ["Gen. Smith left.", "He won."]),
        ("It left at 5 p.m. He won.", ["It left at 5 p.m. He won."]),
        ("J. Smith left the U.S. army.", ["J. Smith left the U.S. army."]),
        ("It left the U.S. Then it won.", ["It left the U.S.", "Then it won."]),
        ('"It left." He won.', ['"It left."', "He won."]),
        ("Troops left.Rebels won.", ["Troops left.", "Rebels won."]),
        ("It left! Who won? He.", ["It left!", "Who won?", "He."]),
        ("  A line\n\n another ", ["A line", "another"]),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text, 0)] == sentences
