"""What a story keeps of its articles, in parts that merge in any order."""

from dataclasses import dataclass, field
from typing import Protocol

import orjson

from schemas import Placement, Relation, Story
from transforms.logic.deduplicating.texts import Dated, seniority
from transforms.logic.deduplicating.times import Span, moment, widest


@dataclass(slots=True)
class StoryTally:
    """The articles of one story, added up: commutative and associative over distinct articles.

    `title` is that of the leading article once it has been seen. `latest` is the last of (dated, time, id),
    so that an undated article is the latest only where all are. Times count microseconds since 1970 UTC.
    """

    title: str | None = None
    latest: tuple[bool, int, str] = (False, 0, "")
    relations: dict[str, int] = field(default_factory=dict)
    outlets: set[str] = field(default_factory=set)
    times: Span | None = None

    def add(self, other: "StoryTally") -> None:
        """Take in `other`, in place."""
        self.title = other.title if self.title is None else self.title
        self.latest = max(self.latest, other.latest)
        for relation, count in other.relations.items():
            self.relations[relation] = self.relations.get(relation, 0) + count
        self.outlets |= other.outlets
        self.times = widest(self.times, other.times)

    def story(self, story_id: str) -> Story:
        """Return the story; at least one article must have been added."""
        first, last = self.times or (None, None)
        count = self.relations.get
        return Story(
            story_id=story_id,
            title=self.title,
            latest_article_id=self.latest[2],
            articles=sum(self.relations.values()),
            exact_copies=count(Relation.EXACT, 0),
            near_copies=count(Relation.NEAR, 0),
            excerpts=count(Relation.EXCERPT, 0),
            outlets=len(self.outlets),
            first_seen=moment(first),
            last_seen=moment(last),
        )


class Told(Dated, Protocol):
    """What of an article its story keeps."""

    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def outlet(self) -> str | None: ...  # noqa: D102


def tally_of(head: Told, placement: Placement) -> StoryTally:
    """Return the tally of one placed article."""
    undated, published, _ = seniority(head)
    return StoryTally(
        title=head.title if placement.relation is Relation.LEAD else None,
        latest=(not undated, published, head.article_id),
        relations={placement.relation.value: 1},
        outlets={head.outlet} if head.outlet else set(),
        times=None if undated else (published, published),
    )


def pack_story(tally: StoryTally) -> bytes:
    """Return the tally as bytes, equal for equal tallies."""
    relations = sorted(tally.relations.items())
    return orjson.dumps([tally.title, tally.latest, relations, sorted(tally.outlets), tally.times])


def unpack_story(data: bytes) -> StoryTally:
    """Return what `pack_story` wrote."""
    title, (dated, published, article_id), relations, outlets, times = orjson.loads(data)
    span = None if times is None else (times[0], times[1])
    return StoryTally(title, (dated, published, article_id), dict(relations), set(outlets), span)
