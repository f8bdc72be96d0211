"""The syntax under the frames, and that tables name frames that there are."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from schemas import ConfigError
from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon
from tests.logic.coding.test_offensive import events
from transforms.logic.coding import Coder, load_lexicon


@pytest.mark.parametrize("table", ["verbs", "nouns"])
def test_a_frame_that_does_not_exist_is_reported_when_the_coder_is_built(table: str) -> None:
    lexicon = load_lexicon()
    rows = lexicon.tables[table]
    wrong = _with_frame(lexicon, table, rows[-1], "teleport")
    with pytest.raises(ConfigError) as caught:
        Coder(wrong)
    assert f"{rows[-1][FILE_KEY]}:{rows[-1][ROW_KEY]}: frame is 'teleport'" in str(caught.value)


def _with_frame(lexicon: Lexicon, table: str, row: Mapping[str, str], frame: str) -> Lexicon:
    rows = tuple({**r, "frame": frame} if r is row else r for r in lexicon.tables[table])
    return replace(lexicon, tables={**lexicon.tables, table: rows})


SUBJECTS = [
    # A participle does not end the group before the verb.
    ("Turkish jets hit suspected PKK camps in northern Iraq.", "strike", "patient PKK:armed"),
    # The head of a group stands before "loyal to".
    ("Troops loyal to President Saleh shelled a market in Sanaa.", "strike", "agent YEM:state"),
    # A relative clause between commas is stepped over.
    (
        "The army's Sixth Division, which defends the city, drove back an assault on Baidoa by al-Shabaab.",
        "offensive",
        "patient SOM:state",
    ),
    # What is coordinated shares the noun, also between "between" and the verb.
    (
        "Artillery duels between Armenian and Azerbaijani forces went on overnight.",
        "strike",
        "agent AZE:state",
    ),
    # Fates, places and manners behind a noun are no part of its group.
    ("Houthi missiles hit an Emirati landing ship offshore.", "strike", "patient ARE:state"),
    # A possessor is nearer than an adjective.
    (
        "An assault by Kurdish fighters on Islamic State's last Syrian enclave resumed.",
        "offensive",
        "patient ISIS:armed",
    ),
    # Who leads an event does it.
    ("A Saudi-led push on the Yemeni port of Hodeidah stalled.", "offensive", "agent SAU:state"),
]
ASIDE = [
    # Adjectives share a noun only with an actor.
    ("Chinese and Japanese negotiators attacked each other's figures on steel.", "offensive"),
    # A bare country attacks nobody by itself.
    ("The variant first found in England attacks faster, virologists said.", "offensive"),
]


@pytest.mark.parametrize(("text", "event_type", "expected"), SUBJECTS)
def test_who_fills_a_slot(text: str, event_type: str, expected: str) -> None:
    assert expected in events(text, event_type)


@pytest.mark.parametrize(("text", "event_type"), ASIDE)
def test_who_fills_none(text: str, event_type: str) -> None:
    assert not events(text, event_type)
