"""Stories: articles that are copies of one text, exact or near."""

from datetime import datetime
from enum import StrEnum

from schemas.base import Record


class Relation(StrEnum):
    """How an article stands to its story."""

    LEAD = "lead"
    EXACT = "exact"
    NEAR = "near"
    EXCERPT = "excerpt"


class Placement(Record):
    """The story of one article.

    `duplicate_of` names the article that this one duplicates (None for the lead) and `similarity` is the
    estimated Jaccard similarity of the two (1 for exact copies, None for the lead). `excerpt`: one text
    contains the other though they are not alike as wholes. `chain` is the first story of a chain of stories
    that are linked by copies though their leads are not alike (a live blog that drifts), None for that first.
    """

    article_id: str
    story_id: str
    relation: Relation
    duplicate_of: str | None
    similarity: float | None
    chain: str | None = None


class Story(Record):
    """A set of copies. `story_id` is the id of its lead, the earliest article (undated last, then by id)."""

    story_id: str
    title: str | None
    latest_article_id: str
    """Its latest article."""
    articles: int
    """Distinct articles, copies included."""
    exact_copies: int
    """Exact copies in it."""
    near_copies: int
    """Near copies in it."""
    excerpts: int
    """Excerpts in it."""
    outlets: int
    """Distinct publishers."""
    first_seen: datetime | None
    """Earliest time of publication, UTC."""
    last_seen: datetime | None
    """Latest time of publication, UTC."""
