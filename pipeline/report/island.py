"""The data that the page's script works on: the model in columns, gzipped, and in base64 inert text."""

import gzip
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import orjson

from pipeline.report.model import Report
from pipeline.report.views import by_weight, reached
from schemas import EventType, Modality, Role, Side
from schemas.event import SUBTYPES

T = TypeVar("T")

_CLOSE, _GUESSES = 0.985, 4


def pack(report: Report, limit: int) -> tuple[str, int]:
    """The packed data, and how many stories it shows without their sentences and addresses.

    All counts are kept, whatever the limit. When the data is longer than `limit` characters, stories that the
    fewest outlets carry lose their details first.
    """
    told = {report.articles[article].story for article in reached(report)}
    order = [story for story in by_weight(report) if story in told]
    packed = _packed(report, order)
    if len(packed) <= limit:
        return packed, 0
    kept, packed = _fitting(report, order, limit, len(packed))
    return packed, len(order) - kept


def _fitting(report: Report, order: Sequence[int], limit: int, most: int) -> tuple[int, str]:
    """How many of the stories can keep their details, to within a few hundredths of the limit."""
    best = 0, _packed(report, [])
    low, high = (0, len(best[1])), (len(order), most)
    for _ in range(_GUESSES):
        share = (limit * _CLOSE - low[1]) / (high[1] - low[1])
        guess = low[0] + int((high[0] - low[0]) * max(share, 0))
        packed = _packed(report, order[:guess])
        if len(packed) > limit:
            high = guess, len(packed)
        else:
            low, best = (guess, len(packed)), (guess, packed)
            if len(packed) > limit * (2 * _CLOSE - 1):
                break
    return best


def _packed(report: Report, detailed: Iterable[int]) -> str:
    plain = orjson.dumps(columns(report, set(detailed)))
    return b64encode(gzip.compress(plain, compresslevel=9, mtime=0)).decode("ascii")


def columns(report: Report, detailed: set[int]) -> dict[str, Any]:
    """The model as columns of numbers and tables of texts; -1 stands for None.

    Only stories in `detailed` keep the titles and addresses of their articles, and their sentences.
    """
    shown = reached(report)
    kept = [i in shown and article.story in detailed for i, article in enumerate(report.articles)]
    return {
        "unit": report.unit,
        "labels": report.labels,
        "volume": report.volume,
        "shown": report.shown,
        "whole": report.whole,
        "names": _names(),
        "actors": {
            "id": [actor.actor_id for actor in report.actors],
            "name": [actor.name for actor in report.actors],
            "side": [list(Side).index(actor.side) for actor in report.actors],
            "lineage": [actor.lineage for actor in report.actors],
        },
        "stories": {
            "title": [story.title for story in report.stories],
            "articles": [story.articles for story in report.stories],
            "outlets": [story.outlets for story in report.stories],
            "first": [story.first_seen for story in report.stories],
        },
        "articles": _articles(report, kept),
        **_facts(report, kept),
        "pairs": _pairs(report),
    }


def _names() -> dict[str, list[str]]:
    return {
        "type": list(EventType),
        "role": list(Role),
        "modality": list(Modality),
        "side": list(Side),
        "subtype": [subtype for subtypes in SUBTYPES.values() for subtype in subtypes],
    }


def _articles(report: Report, kept: Sequence[bool]) -> dict[str, Any]:
    outlets = _table(article.outlet for article in report.articles)
    titles = [report.stories[article.story].title for article in report.articles]
    return {
        "story": [article.story for article in report.articles],
        "outlets": list(outlets),
        "outlet": [outlets[article.outlet] for article in report.articles],
        "day": [article.day for article in report.articles],
        "title": [
            article.title if keep and article.title != title else 0
            for article, keep, title in zip(report.articles, kept, titles, strict=True)
        ],
        "url": [article.url if keep else 0 for article, keep in zip(report.articles, kept, strict=True)],
    }


def _facts(report: Report, kept: Sequence[bool]) -> dict[str, Any]:
    names = {name: {value: i for i, value in enumerate(values)} for name, values in _names().items()}
    facts = report.facts
    shown = [kept[fact.article] and (fact.bin is None or fact.bin >= report.shown) for fact in facts]
    rules = _table(fact.rule for fact in facts)
    told = [fact.evidence if keep else None for fact, keep in zip(facts, shown, strict=True)]
    sentences = _table(i for i in told if i is not None)
    return {
        "rules": list(rules),
        "evidence": [report.evidence[i] for i in sentences],
        "facts": {
            "article": [fact.article for fact in facts],
            "actor": [fact.actor for fact in facts],
            "type": [names["type"][fact.event_type] for fact in facts],
            "subtype": [names["subtype"][fact.subtype] for fact in facts],
            "role": [names["role"][fact.role] for fact in facts],
            "modality": [names["modality"][fact.modality] for fact in facts],
            "bin": [-1 if fact.bin is None else fact.bin for fact in facts],
            "mentions": [fact.mentions for fact in facts],
            "rule": [rules[fact.rule] for fact in facts],
            "evidence": [-1 if i is None else sentences[i] for i in told],
            "marks": [
                [*fact.trigger, *fact.actor_words] if keep else 0
                for fact, keep in zip(facts, shown, strict=True)
            ],
        },
    }


def _pairs(report: Report) -> dict[str, list[int]]:
    types, modalities = list(EventType), list(Modality)
    return {
        "article": [pair.article for pair in report.pairs],
        "agent": [pair.agent for pair in report.pairs],
        "patient": [pair.patient for pair in report.pairs],
        "type": [types.index(pair.event_type) for pair in report.pairs],
        "modality": [modalities.index(pair.modality) for pair in report.pairs],
        "bin": [-1 if pair.bin is None else pair.bin for pair in report.pairs],
    }


def _table(values: Iterable[T]) -> dict[T, int]:
    """Distinct values in the order of their first appearance, with their positions."""
    return {value: i for i, value in enumerate(dict.fromkeys(values))}
