"""Names that nobody matched are found where they would act, and ranked."""

from collections.abc import Iterator

import pytest

from schemas import EventType
from tests.pipeline.cli_samples import article
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.evaluating.unknowns import UnknownName, rank_names, unknown_names


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_lexicon())


def found(coder: Coder, text: str) -> list[tuple[str, str]]:
    return [(name.name, name.event_type.value) for name in unknown_names(coder, article(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Qarnaz Brigade captured the town of Palmyra.", [("Qarnaz Brigade", "offensive")]),
        ("On Friday Qarnaz stormed an army base in Homs.", [("Qarnaz", "offensive")]),
        ("The base was stormed by the Qarnaz Brigade on Friday.", [("Qarnaz Brigade", "offensive")]),
        ("The Qarnaz Brigade offensive against the Syrian army began.", [("Qarnaz Brigade", "offensive")]),
        ("The Qarnaz Brigade's assault on the Syrian army began.", [("Qarnaz Brigade", "offensive")]),
        ("The Qarnaz Brigade shelled the Syrian army.", [("Qarnaz Brigade", "strike")]),
        ("On Friday the Qarnaz Mission evacuated civilians from Homs.", [("Qarnaz Mission", "evacuation")]),
    ],
)
def test_names_are_found_in_the_place_of_the_one_who_acts(
    coder: Coder, text: str, names: list[tuple[str, str]]
) -> None:
    assert found(coder, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured the town of Palmyra.",
        "Hezbollah captured the town of Qarnaz.",
        "Rebels in Qarnaz Valley captured the town of Palmyra.",
        "The Qarnaz Brigade sang.",
        "Tuesdays attack on the Syrian army killed five.",
        "Gold advanced on Friday.",
        "",
    ],
)
def test_known_names_places_days_and_bystanders_are_none(coder: Coder, text: str) -> None:
    assert found(coder, text or ".a") == []


def test_a_word_that_opens_a_sentence_is_a_name_if_it_is_one_inside_another(coder: Coder) -> None:
    text = "Qarnaz stormed an army base in Homs."
    assert found(coder, text) == []
    assert found(coder, f"{text} Residents fear Qarnaz.") == [("Qarnaz", "offensive")]


def test_names_are_ranked_by_articles_then_sentences_then_name() -> None:
    def names(*pairs: tuple[str, str]) -> Iterator[UnknownName]:
        return (UnknownName(name, EventType.STRIKE, sentence) for name, sentence in pairs)

    ranked = rank_names(
        [
            names(("Zed", "one"), ("Zed", "two"), ("Abe", "one")),
            names(("Bee", "three"), ("Abe", "one")),
            names(),
            names(("Cee", "four"), ("Cee", "four")),
        ]
    )
    assert [(row.name, row.articles, row.sentences, row.example) for row in ranked] == [
        ("Abe", 2, 1, "one"),
        ("Zed", 1, 2, "one"),
        ("Bee", 1, 1, "three"),
        ("Cee", 1, 1, "four"),
    ]
    assert ranked[1].types == {EventType.STRIKE: 2}
