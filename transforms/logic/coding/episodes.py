"""Wars and attacks of the past: what a bare "the invasion" of a country by its invader means years later."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from schemas.event import EventType
from schemas.reject import ConfigError


class Episode(NamedTuple):
    """A past event by any of `agents` in or on `country`, told by any of `words`; over by the day `last`."""

    agents: frozenset[str]
    country: str
    event_type: EventType
    words: frozenset[str]
    last: date


def read_episodes(rows: Sequence[Mapping[str, str]]) -> tuple[Episode, ...]:
    """The episodes of a table.

    Raises:
        ConfigError: a row has a type that does not exist or a day that is none.
    """
    found = []
    for row in rows:
        try:
            last = date.fromisoformat(row["to"])
            event_type = EventType(row["type"])
        except ValueError as error:
            raise ConfigError(f"episodes.tsv, {row['episode']}: {error}") from error
        found.append(Episode(_items(row["agents"]), row["country"], event_type, _items(row["words"]), last))
    return tuple(found)


def _items(cell: str) -> frozenset[str]:
    return frozenset(item.strip() for item in cell.split(";") if item.strip())


def is_over(
    episodes: Sequence[Episode],
    event_type: EventType,
    rule: str,
    agents: frozenset[str],
    countries: frozenset[str],
    horizon: date,
) -> bool:
    """Whether an event without a date is an episode that was over before the day `horizon`.

    `rule` names the word of its trigger; `agents` and `countries` are all that the sentence names. A noun
    without an agent will do ("the invasion of Iraq"), an event without a country not.
    """
    word = rule.partition(":")[2].partition("+")[0].removesuffix(" on")
    return any(
        episode.event_type is event_type
        and _names(episode, word)
        and episode.last < horizon
        and (episode.agents & agents if agents else rule.startswith("noun:"))
        and (episode.country in countries)
        for episode in episodes
    )


def _names(episode: Episode, word: str) -> bool:
    return word in episode.words or word.removesuffix("s") in episode.words
