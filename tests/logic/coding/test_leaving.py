"""Evacuations told through other verbs: what somebody helps, lets, makes or sees others do."""

import pytest

from tests.logic.coding.test_evacuation import coded

HELPED = [
    ("Kenya helped evacuate 40 students from Juba.", {"agent KEN:state", "patient SSD:civil"}),
    ("Portugal is committed to helping UN peacekeepers withdraw from Bangui.", {"agent UN:igo planned"}),
    ("France is committed to withdrawing its troops from Gao.", {"agent FRA:state planned"}),
    ("Famine made the Tamil Tigers pull back from Jaffna.", {"agent LTTE:armed"}),
    (
        "The envoy appealed to both sides to let the wounded be flown out of Kuito.",
        {"patient AGO:civil demanded"},
    ),
    (
        "The deal will see rebels and their families evacuated from Homs.",
        {"patient SYR:armed planned", "patient SYR:civil planned"},
    ),
    (
        "The truce will let some 90 rebels and their families leave Homs.",
        {"patient SYR:armed planned", "patient SYR:civil planned"},
    ),
]

QUALIFIED = [
    ("The camps in Goma and Bukavu were all evacuated.", {"patient COD:civil"}),
    (
        "In recent weeks UN and Red Crescent teams were able to evacuate civilians from Homs.",
        {"agent UN:igo", "agent ICRC:ngo", "patient SYR:civil"},
    ),
    ("Lebanese officials said there were efforts to evacuate civilians from Tyre.", {"patient LBN:civil"}),
    ("Medical evacuations of the wounded from Homs are long overdue.", {"patient SYR:civil demanded"}),
    (
        "Norway asked Syria to respect the truce, open roads, allow the evacuation of the wounded from Homs.",
        {"patient SYR:civil demanded"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), HELPED + QUALIFIED)
def test_what_stands_over_an_evacuation(text: str, expected: set[str]) -> None:
    assert coded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The choir made the quiet retreat in Assisi famous.",
        "Sweden gave help. Retreat to the lake house followed.",
    ],
)
def test_a_noun_behind_help_or_make_stays_a_noun(text: str) -> None:
    assert coded(text) == set()
