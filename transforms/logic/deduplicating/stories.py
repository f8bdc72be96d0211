"""What a story keeps of its articles, in parts that merge in any order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas import Placement, PreparedArticle, Relation, Story
from transforms.logic.deduplicating.texts import moment, seniority


@dataclass(slots=True)
class StoryTally:
    """The articles of one story, added up: commutative and associative over distinct articles.

    `title` is that of the leading article once it has been seen. `latest` is the last of (dated, time, id), so
    that an undated article is the latest only where all are. Times count microseconds since 1970 UTC.
    """

    title: str | None = None
    latest: tuple[bool, int, str] = (False, 0, "")
    relations: dict[str, int] = field(default_factory=dict)
    outlets: set[str] = field(default_factory=set)
    times: tuple[int, int] | None = None

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


def tally_of(article: PreparedArticle, placement: Placement) -> StoryTally:
    """Return the tally of one placed article."""
    head = article.head
    undated, published, _ = seniority(head)
    return StoryTally(
        title=head.title if placement.relation is Relation.LEAD else None,
        latest=(not undated, published, head.article_id),
        relations={placement.relation.value: 1},
        outlets={head.outlet} if head.outlet else set(),
        times=None if undated else (published, published),
    )


def added(parts: Iterable[StoryTally]) -> StoryTally:
    """Return the sum of `parts`, none of which changes."""
    total = StoryTally()
    for part in parts:
        total.add(part)
    return total


def widest(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the span of two spans, None only if both are."""
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), max(a[1], b[1])
