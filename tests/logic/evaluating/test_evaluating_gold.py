"""Gold files are read whole, or refused with file and line."""

import json
from typing import Any

import pytest

from schemas import EventType, InputError, Modality, Role
from transforms.logic.evaluating import Label, Triple, parse_gold

EVENT = {"type": "strike", "role": "agent", "actor": "RUS:state", "modality": "actual"}
ITEM = {"id": "a", "published": "2023-01-02", "text": "Russia shelled Sumy.", "events": [EVENT]}


def lines(*items: Any) -> list[bytes]:
    return [item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items]


def test_an_item_becomes_an_article_and_labels() -> None:
    (item,) = parse_gold("g.jsonl", lines(b"\n", ITEM | {"title": "Sumy shelled", "source": "any"}))
    assert (item.gold_id, item.article.text) == ("a", "Sumy shelled\n\nRussia shelled Sumy.")
    assert item.article.published is not None
    assert item.article.published.isoformat() == "2023-01-02T00:00:00+00:00"
    triple = Triple(EventType.STRIKE, Role.AGENT, "RUS:state")
    assert item.labels == (Label(triple, Modality.ACTUAL, ""),)
    assert (triple.side, str(triple)) == ("state", "strike agent RUS:state")


def test_texts_are_english_whatever_they_look_like() -> None:
    (item,) = parse_gold("g", lines(ITEM | {"text": "Guten Tag, sagte der alte Mann dem Hund."}))
    assert item.article.language == "en"


def test_evidence_is_kept_and_a_missing_day_is_none() -> None:
    event = EVENT | {"evidence": "shelled Sumy"}
    (item,) = parse_gold("g", lines({"id": 7, "text": "Russia shelled Sumy.", "events": [event]}))
    assert (item.gold_id, item.article.published, item.labels[0].evidence) == ("7", None, "shelled Sumy")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"{", "g:2: not a gold item"),
        ([], "g:2: not a gold item"),
        ({"id": "b", "text": "x"}, "no key 'events'"),
        (ITEM | {"id": "b", "text": " ... "}, "g:2: no text to code"),
        (ITEM | {"id": "b", "events": [EVENT | {"type": "raid"}]}, "'raid' is not a valid EventType"),
        (ITEM | {"id": "b", "events": [EVENT | {"actor": "RUS"}]}, "'' is not a valid Side"),
        (ITEM | {"id": "b", "events": [EVENT | {"actor": ":state"}]}, "is not WHO:side"),
        (ITEM | {"id": "b", "events": [EVENT | {"modality": "sure"}]}, "'sure' is not a valid Modality"),
        (ITEM, "g:2: the id a is already in line 1"),
    ],
)
def test_what_is_no_gold_is_refused_with_file_and_line(bad: Any, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_gold("g", lines(ITEM, bad))
    assert said in str(caught.value)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InputError, match="g: no item"):
        parse_gold("g", [b"\n"])
