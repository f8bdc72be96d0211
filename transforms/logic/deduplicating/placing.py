"""From a component, old and new articles together, to what becomes of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas import Placement
from schemas.base import Record
from transforms.logic.deduplicating.history import Known
from transforms.logic.deduplicating.leaders import place_copies, split_by_leaders
from transforms.logic.deduplicating.similarity import WINDOW_DAYS
from transforms.logic.deduplicating.stories import StoryTally, tally_of
from transforms.logic.deduplicating.texts import Copies


class Move(Record):
    """An article of the store with its new place, and the story that it was in."""

    placement: Placement
    was: str


class Alias(Record):
    """A story that is no longer one, and the story that its lead now belongs to."""

    old_story_id: str
    story_id: str


@dataclass(slots=True)
class Placing:
    """What becomes of a component.

    `placements` are of new articles, `moves` of old ones that change their place, `tallies` what all old ones
    add to their stories, `retired` the stories that the store has of them, whose rows are out of date.
    """

    placements: list[Placement] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    tallies: list[tuple[str, StoryTally]] = field(default_factory=list)
    retired: set[str] = field(default_factory=set)
    aliases: list[Alias] = field(default_factory=list)


def place_component(
    fresh: Mapping[bytes, Copies], known: Iterable[Known], window_days: int = WINDOW_DAYS
) -> Placing:
    """Split a whole component into stories and say what changes: a function of the set of its articles.

    Args:
        fresh: by text key, the texts of which there are new articles.
        known: all articles that the store has in the component.
        window_days: days within which near copies count.
    """
    before = {one.article_id: one for one in known}
    copies: dict[bytes, Copies] = defaultdict(Copies)
    for text, some in fresh.items():
        copies[text].add(some)
    for one in before.values():
        copies[one.text].add(one.copies())
    placing = Placing(retired={one.placement.story_id for one in before.values()})
    standings = split_by_leaders((same.text(text) for text, same in copies.items()), window_days)
    component = standings[0].leader.senior.hex_id
    for standing in standings:
        for place in place_copies(standing, copies[standing.text.key].members.values(), component):
            _settle(placing, place, before.get(place.article_id))
    return placing


def _settle(placing: Placing, place: Placement, before: Known | None) -> None:
    if before is None:
        placing.placements.append(place)
        return
    placing.tallies.append((place.story_id, tally_of(before, place)))
    was = before.placement.story_id
    if place != before.placement:
        placing.moves.append(Move(placement=place, was=was))
    if was == place.article_id != place.story_id:
        placing.aliases.append(Alias(old_story_id=was, story_id=place.story_id))
