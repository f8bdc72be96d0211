"""The gold labels keep the shape that the evaluation relies on, and cover what the codebook defines."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas import EventType, Modality, Role, Side
from schemas.event import SUBTYPES

FOLDER = Path(__file__).parent
FILES = ("sentences", "articles")

# Slugs that stand where a country code would; each has one side, a country may have any.
ARMED = re.compile(
    "ISIS|HEZBOLLAH|HAMAS|HTS|SDF|PESHMERGA|PKK|TALIBAN|ALQAEDA|BOKOHARAM|ALSHABAAB|HOUTHI|WAGNER|PIJ|RSF"
    "|M23|SELEKA|FARC|FMLN|SENDERO|LTTE|IRA"
)
SIDE_OF = {"UN": Side.IGO, "NATO": Side.IGO, "EU": Side.IGO, "ICRC": Side.NGO, "COALITION": Side.STATE}
COUNTRY = re.compile(r"[A-Z]{3}")

Item = dict[str, Any]


def load(name: str) -> list[Item]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ITEMS = {name: load(name) for name in FILES}
EVENTS = [(item, event) for items in ITEMS.values() for item in items for event in item["events"]]


def shown(pair: tuple[Item, Item]) -> str:
    item, event = pair
    return f"{item['id']}: {event['type']} {event['role']} {event['actor']} {event['modality']}"


@pytest.mark.parametrize("name", FILES)
def test_items_have_exactly_the_documented_fields(name: str) -> None:
    fields = {"id", "published", "text", "events"} | ({"title"} if name == "articles" else set())
    assert [item["id"] for item in ITEMS[name] if set(item) != fields] == []


def test_ids_are_unique() -> None:
    ids = Counter(item["id"] for items in ITEMS.values() for item in items)
    assert [key for key, count in ids.items() if count > 1] == []


def test_texts_are_unique_and_dated() -> None:
    texts = Counter(item["text"] for items in ITEMS.values() for item in items)
    assert [text for text, count in texts.items() if count > 1] == []
    for items in ITEMS.values():
        for item in items:
            date.fromisoformat(item["published"])


def test_labels_use_the_vocabulary_of_the_schemas() -> None:
    fields = {"type", "subtype", "role", "actor", "modality", "evidence"}
    for _, event in EVENTS:
        assert set(event) == fields
        assert event["subtype"] in SUBTYPES[EventType(event["type"])]
        Role(event["role"])
        Modality(event["modality"])


def sides_of(who: str) -> set[Side]:
    if ARMED.fullmatch(who):
        return {Side.ARMED}
    if who in SIDE_OF:
        return {SIDE_OF[who]}
    return set(Side) if COUNTRY.fullmatch(who) else set()


def test_actors_are_a_country_or_a_listed_slug_with_a_side_it_may_have() -> None:
    for pair in EVENTS:
        who, _, side = pair[1]["actor"].partition(":")
        assert Side(side) in sides_of(who), shown(pair)


def test_evidence_is_in_the_title_or_the_text() -> None:
    missing = [
        shown((item, event))
        for item, event in EVENTS
        if not event["evidence"]
        or not (event["evidence"] in item["text"] or event["evidence"] in (item.get("title") or ""))
    ]
    assert missing == []


def test_a_triple_stands_once_per_modality() -> None:
    keys = Counter((i["id"], e["type"], e["role"], e["actor"], e["modality"]) for i, e in EVENTS)
    assert [key for key, count in keys.items() if count > 1] == []


def test_there_is_enough_of_each() -> None:
    assert len(ITEMS["sentences"]) >= 170
    assert len(ITEMS["articles"]) >= 44
    subtypes = Counter((event["type"], event["subtype"]) for _, event in EVENTS)
    for kind, names in SUBTYPES.items():
        for name in names:
            assert subtypes[kind, name] >= 10, (kind, name)
    modalities = Counter(event["modality"] for _, event in EVENTS)
    assert [modality for modality in Modality if modalities[modality] < 15] == []


@pytest.mark.parametrize("name", FILES)
def test_about_a_fifth_or_more_has_no_event(name: str) -> None:
    silent = sum(not item["events"] for item in ITEMS[name])
    assert 0.18 <= silent / len(ITEMS[name]) <= 0.35


def test_articles_are_articles() -> None:
    lengths = {item["id"]: len(item["text"].split()) for item in ITEMS["articles"]}
    assert {key: words for key, words in lengths.items() if not 100 <= words <= 350} == {}


def test_wars_of_the_whole_world_are_covered() -> None:
    actors = {event["actor"].partition(":")[0] for _, event in EVENTS}
    assert len(actors) >= 60
    years = {item["published"][:4] for items in ITEMS.values() for item in items}
    assert len(years) >= 30
