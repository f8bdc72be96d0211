"""Hard-wrapped text becomes paragraphs; other text stays."""

from textwrap import fill

import pytest

from transforms.logic.normalising.wrap import unwrap

FIRST = (
    "The garrison left the fort on Monday after a week of shelling, and the convoy with the wounded reached"
    " the coast before dark, an officer said."
)
SECOND = (
    "Residents who had stayed behind said that the last trucks drove off shortly after noon on the same day."
)


def test_wrapped_paragraphs_are_joined() -> None:
    wrapped = fill(FIRST, 62) + "\n" + fill(SECOND, 62, initial_indent="    ")
    assert unwrap(wrapped) == f"{FIRST}\n{SECOND}"
    assert unwrap(fill(FIRST, 62) + "\r\n\r\n" + fill(SECOND, 62)) == f"{FIRST}\n{SECOND}"


def test_rows_of_a_table_stay_lines() -> None:
    wrapped = fill(FIRST, 62) + "\n  PORT     SHIPS     TONNES\n  East     12        400\n" + fill(SECOND, 62)
    lines = unwrap(wrapped).split("\n")
    assert lines[0] == FIRST
    assert lines[1:3] == ["PORT     SHIPS     TONNES", "East     12        400"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        f"{FIRST}\n{SECOND}",
        "Guests:\nJane Roe – analyst\nJohn Doe – director of an institute\nPresenter: Ann Lee",
        "short\nlines\nof\na\npoem",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert unwrap(text) == text
