"""Whom pronouns and "its", "their", "his" stand for, in a sentence and across sentences."""

import pytest

from tests.logic.coding.test_mentions import actors

FOUND = [
    # A bare group of the sentence before.
    (
        "The fighters crossed the border near Mandera. They overran a camp of the Kenyan army.",
        {("agent", "KEN:armed"), ("patient", "KEN:state")},
    ),
    # A capital that speaks is its government, and so are those listed after "its".
    (
        "Lisbon said it had evacuated its diplomats and their families from Bissau.",
        {("agent", "PRT:state"), ("patient", "PRT:state"), ("patient", "PRT:civil")},
    ),
    (
        "Madrid evacuated its ambassador and his family from Tripoli.",
        {("agent", "ESP:state"), ("patient", "ESP:state"), ("patient", "ESP:civil")},
    ),
    # An alliance of states has no fighters, and no "he".
    ("NATO said it was watching. His fighters advanced on Sirte.", {("agent", "LBY:armed")}),
    # "It" is the army of the sentence before.
    (
        "The army met villagers near Kayes in Mali. It later shelled a rebel camp.",
        {("agent", "MLI:state"), ("patient", "MLI:armed")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_pronoun_stands_for_the_last_actor_that_it_fits(text: str, expected: set[tuple[str, str]]) -> None:
    assert actors(text) == expected
