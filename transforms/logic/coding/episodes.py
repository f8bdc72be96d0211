"""Wars and attacks of the past: what a bare "the invasion" of a country by its invader means years later."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from schemas.event import EventType, Modality
from schemas.reject import ConfigError

_SOON = timedelta(days=366)
"""How long before an invasion it is talked of as one that may come."""


class Episode(NamedTuple):
    """A past event by any of `agents` in or on `country`, told by any of `words`; over by the day `last`.

    Without a `last` it goes on: then only what tells its start is past.
    """

    agents: frozenset[str]
    country: str
    event_type: EventType
    words: frozenset[str]
    first: date
    last: date | None


def read_episodes(rows: Sequence[Mapping[str, str]]) -> tuple[Episode, ...]:
    """The episodes of a table.

    Raises:
        ConfigError: a row has a type that does not exist or a day that is none.
    """
    found = []
    for row in rows:
        try:
            first = date.fromisoformat(row["from"])
            last = date.fromisoformat(row["to"]) if row["to"] else None
            event_type = EventType(row["type"])
        except ValueError as error:
            raise ConfigError(f"episodes.tsv, {row['episode']}: {error}") from error
        agents, words = _items(row["agents"]), _items(row["words"])
        found.append(Episode(agents, row["country"], event_type, words, first, last))
    return tuple(found)


def _items(cell: str) -> frozenset[str]:
    return frozenset(item.strip() for item in cell.split(";") if item.strip())


def episodes_told(
    episodes: Sequence[Episode],
    event_type: EventType,
    rule: str,
    agents: frozenset[str],
    countries: frozenset[str],
) -> list[Episode]:
    """The episodes that an event without a date may be.

    `rule` names the word of its trigger; `agents` and `countries` are all that the sentence names. A noun
    without an agent will do ("the invasion of Iraq"), an event without a country not.
    """
    word = rule.partition(":")[2].partition("+")[0].removesuffix(" on")
    return [
        episode
        for episode in episodes
        if episode.event_type is event_type
        and _names(episode, word)
        and (episode.agents & agents if agents else rule.startswith("noun:"))
        and (episode.country in countries)
    ]


def modality_of(told: Sequence[Episode], day: date, horizon: date, starting: bool) -> Modality | None:
    """What episodes are for an article of a day: past, hypothetical when they have yet to come, or neither.

    Past is what was over before the day `horizon`; of an episode that goes on, its start, if that is told
    (`starting`).
    """
    if any(_is_before(episode, horizon, starting) for episode in told):
        return Modality.PAST
    if told and all(day < episode.first <= day + _SOON for episode in told):
        return Modality.HYPOTHETICAL
    return None


def _is_before(episode: Episode, horizon: date, starting: bool) -> bool:
    if episode.last is None:
        return starting and episode.first < horizon
    return episode.last < horizon


def _names(episode: Episode, word: str) -> bool:
    return word in episode.words or word.removesuffix("s") in episode.words
