"""Clean text is clean whatever went in, and cleaning again changes nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.logic.normalising import clean_text
from transforms.logic.normalising.clean import clean_line

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
HARD_TEXT = st.lists(
    st.sampled_from(
        [
            "&amp;",
            "amp;",
            "&#38;",
            "&lt;",
            "#x27;",
            "â€™",
            "Ã©",
            "\x97",
            "\xa0",
            "\u200b",
            "\u00ad",
            "\r\n",
            "\u2028",
            "went.The",
            '."T',
            "”",
            '"',
            " ",
            "a",
            "\u0301",
            "e",
            "\ud83d",
            "\ude00",
            "\x1b[1m",
            "\u200d",
            "ﬁ",
            "Â ",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        ("  one \t two  \r\n\r\n three\rfour\u2028five ", "one two\nthree\nfour\nfive"),
        ("the rebelsâ€™ advance, SÃ£o Tomé", "the rebels’ advance, São Tomé"),
        ("CINCINNATI \x97 the trustees\x85", "CINCINNATI — the trustees…"),
        ("&quot;We left&quot; &amp;amp; ran &#8212; all", '"We left" & ran — all'),
        ("shop?a=1&copy=2;b &notanentity;", "shop?a=1&copy=2;b &notanentity;"),
        ("e\u0301vacue\u0301", "évacué"),
        ("evac\u00aduate\u200b now\ufeff\x07", "evacuate now"),
        ("می\u200cروند and a\u200cb", "می\u200cروند and ab"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("\ud83d\ude00", "\U0001f600"),
        ("They went home.The army stayed. It was Friday.A squadron left.", None),
        ("ﬁghters", "fighters"),
        ("U.S.Department of 3.5M at A.M. in x.com", "U.S.Department of 3.5M at A.M. in x.com"),
    ],
)
def test_clean_text(text: str, clean: str | None) -> None:
    expected = "They went home. The army stayed. It was Friday. A squadron left." if clean is None else clean
    assert clean_text(text) == expected


@pytest.mark.parametrize(
    ("glued", "mended"),
    [
        ('He said "it is over."The army left.', 'He said "it is over." The army left.'),
        ('the first time."The last time I saw him', 'the first time. "The last time I saw him'),
        ('He said."We go," she said."They left', 'He said. "We go," she said. "They left'),
        ("went home.”Then they", "went home.” Then they"),
        ("in the strip.© 2023 Example", "in the strip. © 2023 Example"),
    ],
)
def test_glued_sentences_get_their_blank_on_the_right_side(glued: str, mended: str) -> None:
    assert clean_text(glued) == mended


@given(ANY_TEXT | HARD_TEXT)
@example("&amp;amp;amp;amp;amp;amp;amp;amp;amp;amp;lt;")
@example("â\x80\x99 Â&nbsp;Ã&copy;")
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(ANY_TEXT | HARD_TEXT)
def test_clean_text_is_visible_composed_and_tidy(text: str) -> None:
    clean = clean_text(text)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in clean.replace("\n", ""))
    assert unicodedata.is_normalized("NFC", clean)
    assert all(line and line == " ".join(line.split()) for line in clean.split("\n")) or clean == ""


@given(ANY_TEXT)
def test_a_line_is_one_line(text: str) -> None:
    assert "\n" not in clean_line(text)
