"""What noun groups name: sides, countries shared in lists, and states that are named only as foreign."""

import pytest

from tests.logic.coding.coded import events_of


def actors(text: str, published: str = "2017-05-10") -> set[tuple[str, str]]:
    """The role and the canonical actor of every event in a text."""
    return {(str(e.role), f"{e.actor_who}:{e.actor_side}") for e in events_of(text, published)}


LISTS = [
    (
        "Iranian commanders, diplomats and families were evacuated from Damascus.",
        {("patient", "IRN:state"), ("patient", "IRN:civil")},
    ),
    (
        "Syrian and Russian forces attacked rebels in Aleppo.",
        {("agent", "SYR:state"), ("agent", "RUS:state"), ("patient", "SYR:armed")},
    ),
    (
        "Polish and Hungarian nationals were evacuated from Nepal.",
        {("patient", "POL:civil"), ("patient", "HUN:civil")},
    ),
]
ELSEWHERE = [
    ("Western embassies in Kyiv withdrew their diplomats on Monday.", {"XXX:state"}, "UKR:state"),
    ("Several countries evacuated their diplomats from Khartoum.", {"XXX:state"}, "SDN:state"),
    ("Foreign mercenaries attacked Syrian troops in Homs.", {"XXX:armed", "SYR:state"}, "SYR:armed"),
]
COMPOUNDS = [
    ("Government planes bombed rebels in Idlib.", ("agent", "SYR:state")),
    ("Coalition jets bombed Islamic State fighters in Raqqa.", ("agent", "COALITION:state")),
    ("Assad's air force bombed rebels in Hama.", ("agent", "SYR:state")),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_groups_of_a_list_share_what_one_of_them_names(text: str, expected: set[tuple[str, str]]) -> None:
    assert actors(text) == expected


@pytest.mark.parametrize(("text", "expected", "never"), ELSEWHERE)
def test_a_state_called_foreign_is_unknown_and_not_the_place(
    text: str, expected: set[str], never: str
) -> None:
    found = {actor for _, actor in actors(text)}
    assert found == expected
    assert never not in found


@pytest.mark.parametrize(("text", "expected"), COMPOUNDS)
def test_the_first_noun_of_a_compound_says_whose_the_head_is(text: str, expected: tuple[str, str]) -> None:
    assert expected in actors(text)
