"""What repeats the metadata at the head of a body goes; the story stays."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.normalising.heads import strip_head
from transforms.logic.normalising.titles import clean_title

TITLE = "Rebels take the river town"
STORY = "Fighters entered the town at dawn, witnesses said, and the garrison withdrew."


@pytest.mark.parametrize(
    "first",
    [
        f"Wed 05 Apr 2017 {TITLE}. {STORY}",
        f"Published July 5 2016 {STORY}",
        f"Date of publication 5 October 2016 {STORY}",
        f"Wednesday 10 August 2016 20:02 {TITLE}. {STORY}",
        f"21-08-2014 {TITLE.upper()} – {STORY}",
        f"Mon Jul 11 2016 title: {TITLE}. {STORY}",
        f"{TITLE} AFP Monday 16 Jun 2014 {STORY}",
        f"On 02 July 2025, {TITLE}\n{STORY}",
        f"{TITLE}\nBy Jane Roe and John Doe\n2 July 2025\n{STORY}",
        f"Last updated at Jul 282016 {STORY}",
        f"{TITLE}?\n{STORY}",
        f"On 01 July 2025, | {STORY}",
        f"CNN — {STORY}",
        f"(Reuters) - {STORY}",
    ],
)
def test_head_goes(first: str) -> None:
    assert strip_head(first.split("\n"), TITLE).lines == [STORY]


def test_head_tells_date_and_byline() -> None:
    head = strip_head(["By Jane Roe", f"On 02 July 2025, {STORY}"], None)
    assert head.byline == "Jane Roe"
    assert head.stated is not None
    assert head.stated[0] == datetime(2025, 7, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("BEIRUT (Reuters) - ", "BEIRUT"),
        ("ANKARA, Turkey (AP) — ", "ANKARA, Turkey"),
        ("WASHINGTON/NEW YORK (Reuters) - ", "WASHINGTON/NEW YORK"),
        ("MOSCOW, March 5 (Xinhua) -- ", "MOSCOW"),
        ("Gaza City, Gaza (CNN) ", "Gaza City, Gaza"),
        ("JERUSALEM – ", "JERUSALEM"),
        ("WEST PALM BEACH, Fla. -- ", "WEST PALM BEACH, Fla."),
    ],
)
def test_a_dateline_keeps_its_place_on_a_line_of_its_own(line: str, place: str) -> None:
    assert strip_head([line + STORY], None).lines == [place, STORY]


@pytest.mark.parametrize(
    "line",
    [
        "March 4, 2015 was the day on which the town fell.",
        "On 14 July 2025 rebels took the town.",
        f"{TITLE} of Example in a dawn raid, witnesses said.",
        "By Monday the army had left the town.",
        "NATO - the alliance - said nothing.",
        "US-backed forces left the town.",
        "The army (AP) style was odd.",
        "2016 Rebels left.",
    ],
)
def test_a_story_keeps_its_first_words(line: str) -> None:
    assert strip_head([line, STORY], TITLE).lines == [line, STORY]


@given(st.lists(st.text(min_size=1), max_size=4), st.text() | st.none())
def test_no_text_raises(lines: list[str], title: str | None) -> None:
    strip_head(lines, title)


@pytest.mark.parametrize(
    ("title", "names", "clean"),
    [
        ("Town falls - BBC News", ("BBC News", "bbc.co.uk"), "Town falls"),
        ("Town falls – The Example", ("Example", None), "Town falls"),
        ("Town falls - Radio Example", (None, "radioexample.org"), "Town falls"),
        ("Town falls at last | Office of Examples", (None, None), "Town falls at last"),
        ("Opinion | The path to change", (None, None), "Opinion | The path to change"),
        ("Iraq - Syria border shut", ("BBC", None), "Iraq - Syria border shut"),
        ("  <b>Town</b>\n falls &amp; burns ", (), "Town falls & burns"),
        ("None", (), None),
        (None, (), None),
    ],
)
def test_clean_title(title: str | None, names: tuple[str | None, ...], clean: str | None) -> None:
    assert clean_title(title, names) == clean
