"""Folding keeps words and nothing else."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.normalising import content_hash, fold

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        (" \n\t", ""),
        ("Troops  LEFT\nAleppo.", "troops left aleppo"),
        ("“Don’t shoot,” he said – twice…", "don t shoot he said twice"),
        ("don´t", "don t"),
        ("ﬁve km² of Ｓａｎａａ", "five km2 of sanaa"),
        ("İstanbul, Çankırı; ΟΔΟΣ", "istanbul çankırı οδος"),
        ("e\u0301vacue\u0301s", "évacués"),
        ("snake_case U.S.-backed", "snake case u s backed"),
        ("مُحَمَّد", "محمد"),
        ("第７师 撤离。", "第7师 撤离"),
        ("a\ud800b", "a b"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_fold_keeps_letters_digits_and_single_blanks(text: str) -> None:
    folded = fold(text)
    assert all(sign.isalnum() for word in folded.split(" ") for sign in word)
    assert folded == " ".join(folded.split())
    assert folded == folded.lower()


@given(st.text(alphabet=st.characters(max_codepoint=0x2100)))
def test_signs_fold_as_the_whole_text_does(text: str) -> None:
    beside_a_composing_sign = fold(text + " \u0416")
    assert fold(text) == beside_a_composing_sign.removesuffix("ж").rstrip()


@pytest.mark.slow
def test_fold_is_idempotent_for_every_code_point() -> None:
    for point in range(sys.maxunicode + 1):
        once = fold(f"a{chr(point)}b")
        assert fold(once) == once, f"U+{point:04X}"


@given(st.text(alphabet="aB3 é’.\n\u0301"))
def test_copies_that_differ_in_form_share_the_hash(text: str) -> None:
    assert content_hash(text) == content_hash(unicodedata.normalize("NFD", text).upper())


def test_content_hash_never_changes() -> None:
    assert content_hash("").hex() == "cae66941d9efbd404e4d88758ea67670"
    assert (
        content_hash("Rebels entered the town; “everyone” fled.").hex() == "9270232b7b6570f863bdf606ab572d76"
    )
