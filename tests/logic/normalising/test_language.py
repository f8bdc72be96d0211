"""The language of texts, short and long, declared and not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.normalising import detect_language
from transforms.logic.normalising.language import normalise_language

TEXTS = {
    "en": "The troops left the town on Friday and moved to the north, a spokesman of the army said later.",
    "de": "Die Truppen haben die Stadt am Freitag verlassen und sind nach Norden gezogen, hieß es.",
    "fr": "Les troupes ont quitté la ville vendredi et se sont dirigées vers le nord, selon l'armée.",
    "uk": "У п'ятницю війська залишили місто і рушили на північ, повідомив речник армії.",
    "ar": "غادرت القوات المدينة يوم الجمعة وتوجهت إلى الشمال، حسبما قال متحدث باسم الجيش للصحفيين في العاصمة",
}


@pytest.mark.parametrize("code", TEXTS)
@pytest.mark.parametrize("declared", [None, "en", "Klingon"])
def test_words_decide_where_there_are_enough(code: str, declared: str | None) -> None:
    assert detect_language(TEXTS[code], declared) == code


def test_short_texts_take_the_declared_language() -> None:
    assert detect_language("Sudan: live", "spanish") == "es"
    assert detect_language("12 45", None) is None
    assert detect_language("Sudan-Hunger", None) is None
    assert detect_language("", "en-GB") == "en"


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("english", "en"),
        ("eng", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("zh_CN", "zh"),
        ("fre", "fr"),
        ("Ukrainian", "uk"),
        ("", None),
        (None, None),
        ("und", None),
        ("xx", None),
    ],
)
def test_normalise_language(declared: str | None, code: str | None) -> None:
    assert normalise_language(declared) == code


@given(st.text(), st.text() | st.none())
def test_no_text_raises(text: str, declared: str | None) -> None:
    code = detect_language(text, declared)
    assert code is None or len(code) == 2
