"""From the rows of a store to the model of a report: ids become positions, days become bins."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipeline.report.calendar import Span, Unit
from pipeline.report.model import Actor, Article, Fact, Pair, Quality, Report, Story, Strip
from schemas import Side
from schemas.lexicon import UNKNOWN_WHO, Lexicon

Row = tuple[Any, ...]

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Rows(NamedTuple):
    """The rows of the queries of a report, sorted."""

    facts: Sequence[Row]
    pairs: Sequence[Row]
    articles: Sequence[Row]
    stories: Sequence[Row]
    volume: Sequence[Row]


def assemble(
    rows: Rows,
    lexicon: Lexicon,
    span: Span | None,
    strip: Strip,
    quality: Quality,
    coverage: tuple[tuple[int, int], ...],
) -> Report:
    """The report of these rows. The same rows, however often, give the same report."""
    named = {row[1] for row in rows.facts}
    sides = {row[1]: Side(row[14]) for row in rows.facts}
    actors, positions = _actors(named, sides, lexicon)
    stories = {row[0]: i for i, row in enumerate(rows.stories)}
    articles = {row[0]: i for i, row in enumerate(rows.articles)}
    sentences = {text: i for i, text in enumerate(dict.fromkeys(row[9] for row in rows.facts))}
    starts = list(span.starts()) if span else []
    return Report(
        unit=span.unit if span else Unit.DAY,
        labels=tuple(span.label(start) for start in starts) if span else (),
        volume=_volume(rows.volume, span, len(starts)),
        shown=span.shown if span else 0,
        whole=span.whole if span else -1,
        strip=strip,
        quality=quality,
        coverage=coverage,
        actors=actors,
        stories=tuple(_story(row) for row in rows.stories),
        articles=tuple(_article(row, stories) for row in rows.articles),
        evidence=tuple(plain(text) for text in sentences),
        facts=tuple(_fact(row, articles, positions, sentences, span) for row in rows.facts),
        pairs=tuple(_pair(row, articles, positions, span) for row in rows.pairs),
    )


def _actors(
    named: Iterable[str], sides: Mapping[str, Side], lexicon: Lexicon
) -> tuple[tuple[Actor, ...], Mapping[str, int]]:
    """Actors that are named and all that they belong to, by id."""
    chains = {actor: _chain(actor, lexicon) for actor in named}
    ids = sorted({ancestor for chain in chains.values() for ancestor in chain})
    positions = {actor: i for i, actor in enumerate(ids)}
    return tuple(
        Actor(
            actor_id=plain(actor),
            name=_name(actor, lexicon),
            side=lexicon.actors[actor].side if actor in lexicon.actors else sides[actor],
            lineage=tuple(positions[step] for step in _chain(actor, lexicon)),
        )
        for actor in ids
    ), positions


def _chain(actor: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.actor_id for step in lexicon.lineage.get(actor, ()))) or (actor,)


def _name(actor: str, lexicon: Lexicon) -> str:
    known = lexicon.actors.get(actor)
    if known:
        return known.name
    who, _, side = actor.partition(":")
    people = lexicon.actors.get(f"{UNKNOWN_WHO}:{side}")
    owner = next((lexicon.actors[key] for one in Side if (key := f"{who}:{one}") in lexicon.actors), None)
    if people and owner:
        return f"{owner.name.partition(':')[0]}:{people.name.partition(':')[2]}"
    return plain(actor)


def _volume(rows: Sequence[Row], span: Span | None, bins: int) -> tuple[int, ...]:
    """Stories a bin, each once however many days of the bin it fills."""
    seen: list[set[str]] = [set() for _ in range(bins)]
    for day, stories in rows:
        if span:
            seen[span.bin_of(day)].update(stories)
    return tuple(len(stories) for stories in seen)


def _story(row: Row) -> Story:
    _, title, articles, outlets, first = row
    return Story(title=plain(title), articles=articles, outlets=outlets, first_seen=first or "")


def _article(row: Row, stories: Mapping[str, int]) -> Article:
    _, story, title, outlet, url, day = row
    return Article(
        story=stories[story], title=plain(title), outlet=plain(outlet), url=web_address(url), day=day or ""
    )


def plain(text: str | None) -> str:
    """The text with a replacement character for each that steers: controls and direction overrides.

    Offsets into it stay valid.
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text or "")


def web_address(url: str | None) -> str | None:
    """The address when a reader can follow it without harm: http or https with a host, nothing else."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _fact(
    row: Row,
    articles: Mapping[str, int],
    actors: Mapping[str, int],
    sentences: Mapping[str, int],
    span: Span | None,
) -> Fact:
    article, actor, event_type, subtype, role, modality, day, mentions, rule, sentence, *offsets, _ = row
    trigger = _within(offsets[0], offsets[1], sentence)
    return Fact(
        article=articles[article],
        actor=actors[actor],
        event_type=event_type,
        subtype=subtype,
        role=role,
        modality=modality,
        bin=_bin(day, span),
        mentions=mentions,
        rule=plain(rule),
        evidence=sentences[sentence],
        trigger=trigger,
        actor_words=_within(offsets[2], offsets[3], sentence),
    )


def _within(start: int, end: int, sentence: str) -> tuple[int, int]:
    """Offsets into the sentence; (0, 0), which marks nothing, for words that stand outside it."""
    return (start, end) if 0 <= start < end <= len(sentence) else (0, 0)


def _pair(row: Row, articles: Mapping[str, int], actors: Mapping[str, int], span: Span | None) -> Pair:
    article, agent, patient, event_type, modality, day = row
    return Pair(
        article=articles[article],
        agent=actors[agent],
        patient=actors[patient],
        event_type=event_type,
        modality=modality,
        bin=_bin(day, span),
    )


def _bin(day: date | None, span: Span | None) -> int | None:
    return span.bin_of(day) if day and span else None
