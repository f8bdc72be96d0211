"""Gold: texts with the labels that a careful reader gave them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from schemas import Article, EventType, InputError, Modality, RawArticle, RejectableError, Role, Side
from transforms.logic.normalising import normalise_article

LANGUAGE = "en"
"""The language that gold is in, whatever a detector would say of so short a text."""


class Triple(NamedTuple):
    """What is scored: an actor (`WHO:side`) in a role of a type of event, in one article."""

    event_type: EventType
    role: Role
    actor: str

    @property
    def side(self) -> str:
        """The class of the actor."""
        return self.actor.partition(":")[2]

    def __str__(self) -> str:
        return f"{self.event_type} {self.role} {self.actor}"


class Label(NamedTuple):
    """One labelled event. `evidence` is blank where the file does not say which words show it."""

    triple: Triple
    modality: Modality
    evidence: str


class GoldItem(NamedTuple):
    """One labelled text, as an article that the coder takes."""

    gold_id: str
    article: Article
    labels: tuple[Label, ...]


def parse_gold(name: str, lines: Iterable[bytes]) -> list[GoldItem]:
    """The items of a gold file in their order; blank lines are skipped.

    Each line is an object with `id`, `text`, `events` (`type`, `role`, `actor`, `modality`, perhaps
    `evidence`), and perhaps `title` and `published`; other keys are left alone. Texts are normalised as in a
    run, and taken for English.

    Raises:
        InputError: a line is not such an object, an id stands twice, or there is no item; names file
            and line.
    """
    items = list(_items(name, lines))
    if not items:
        raise InputError(f"{name}: no item")
    return items


def _items(name: str, lines: Iterable[bytes]) -> Iterator[GoldItem]:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = _item(name, number, json.loads(line))
        except RejectableError as error:
            raise InputError(f"{name}:{number}: no text to code ({error.reason}: {error.detail})") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{name}:{number}: not a gold item ({_fault(error)})") from error
        if item.gold_id in seen:
            raise InputError(
                f"{name}:{number}: the id {item.gold_id} is already in line {seen[item.gold_id]}"
            )
        seen[item.gold_id] = number
        yield item


def _fault(error: Exception) -> str:
    return f"no key {error}" if isinstance(error, KeyError) else str(error)


def _item(name: str, number: int, row: dict[str, Any]) -> GoldItem:
    raw = RawArticle(
        source_file=name,
        position=number,
        source_format="jsonl",
        record_id=str(row["id"]),
        title=row.get("title") or None,
        body=row["text"],
        published=str(row["published"]) if row.get("published") else None,
        language=LANGUAGE,
    )
    article = normalise_article(raw).model_copy(update={"language": LANGUAGE})
    return GoldItem(str(row["id"]), article, tuple(_label(event) for event in row["events"]))


def _label(row: dict[str, Any]) -> Label:
    who, _, side = row["actor"].partition(":")
    if not who:
        raise ValueError(f"the actor {row['actor']!r} is not WHO:side")
    triple = Triple(EventType(row["type"]), Role(row["role"]), f"{who}:{Side(side)}")
    return Label(triple, Modality(row["modality"]), row.get("evidence") or "")
