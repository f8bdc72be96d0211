"""Whom nouns and pronouns that name nobody stand for, by the places and groups of their article."""

import pytest

from tests.logic.coding.test_mentions import actors

PLACES = [
    # Each of two places has its own dead.
    (
        "About 700 people were killed in Israel and 500 people were killed in Gaza in air strikes.",
        {("patient", "ISR:civil"), ("patient", "PSE:civil")},
    ),
    # An outlet's seat is no place of the story.
    (
        "Government forces launched an attack on rebels in Idlib, the UK-based monitor said.",
        {("agent", "SYR:state"), ("patient", "SYR:armed")},
    ),
    # A border names the neighbour, not the place.
    (
        "Israel evacuated residents of Metula near the border with Lebanon.",
        {("agent", "ISR:state"), ("patient", "ISR:civil")},
    ),
    # A quarter that many towns have speaks for no other country.
    (
        "Syrian forces began an army siege of rebels in the Old City in Homs. Syrian aides met near Waer.",
        {("agent", "SYR:state"), ("patient", "SYR:armed")},
    ),
]
CONTEXTS = [
    ("Soldiers stormed a house in Nablus, killing two residents.", ("agent", "ISR:state")),
    ("Civil defence workers evacuated the wounded from Aleppo.", ("agent", "SYR:ngo")),
    (
        "The Saudi-led coalition met in Riyadh. On Monday the coalition bombed Houthi fighters in Sanaa.",
        ("agent", "SAU:state"),
    ),
    (
        "Egypt reopened the crossing as Israel eased limits for the strip it has besieged since March.",
        ("agent", "ISR:state"),
    ),
    ("A rocket hit Homs after M23 rebels met. Planes bombed rebels in Goma.", ("agent", "COD:state")),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_people_and_forces_belong_to_the_place_that_is_theirs(
    text: str, expected: set[tuple[str, str]]
) -> None:
    assert actors(text) == expected


@pytest.mark.parametrize(("text", "expected"), CONTEXTS)
def test_a_bare_noun_stands_for_the_actor_of_its_story(text: str, expected: tuple[str, str]) -> None:
    assert expected in actors(text)
