"""Distinct texts: all exact copies of one body as one thing, so that 100,000 copies cost one comparison."""

import calendar
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol

from schemas import DatePrecision, PreparedArticle
from transforms.logic.deduplicating.times import microseconds
from transforms.logic.normalising.fold import fold

TEXT_BYTES = 16
TEXT_IDENTITY = 11
"""Bytes of a digest that tell texts apart: among a billion texts two are taken for one once in 10**8 stores.

A store keeps 24 times as many of them as it has texts, so each byte less is 24 less of state.
"""

LABEL_MARK = b"\1"


class Seniority(NamedTuple):
    """The order in which articles lead: by time of publication, undated last, then by id.

    `undated` is 0 or 1, `published` counts microseconds since 1970 UTC (0 when undated), `article_id` has
    16 bytes.
    """

    undated: int
    published: int
    article_id: bytes

    @property
    def hex_id(self) -> str:
        """The article's id as everybody else writes it: 32 hex digits."""
        return self.article_id.hex()


class Days(NamedTuple):
    """The days, as proleptic ordinals, from the first to the last on which copies appeared.

    `undated`: some copy has no date, so the text may be of any day. Days only widen as copies are added, so a
    pair of texts once near in time stays so whatever arrives later.
    """

    first: int
    last: int
    undated: bool

    def widened(self, other: "Days") -> "Days":
        """Return the days of both."""
        return Days(min(self.first, other.first), max(self.last, other.last), self.undated or other.undated)


NO_DAY = Days(date.max.toordinal(), date.min.toordinal(), undated=True)


class Member(NamedTuple):
    """One article among the exact copies of a text."""

    seniority: Seniority
    days: Days


class Marks(NamedTuple):
    """What of a fingerprint is compared: the sketch, the count of shingles, the hashes of numbers."""

    sketch: bytes
    shingles: int
    numbers: bytes


@dataclass(frozen=True, slots=True, order=True)
class DistinctText:
    """A distinct text as it is compared with others: about 260 bytes, however many copies it has.

    `senior` is the earliest of its articles, `key` 16 bytes that name the text. `fresh`: this run has a new
    article of it. `label` names the component that it belongs to in the store, empty if the store has none.
    """

    senior: Seniority
    key: bytes
    days: Days
    marks: Marks
    fresh: bool = True
    label: bytes = b""


@dataclass(slots=True)
class Copies:
    """The articles that share one text: a commutative, associative and idempotent summary.

    An article that comes twice is one member. `fresh`: one of them is new to the store. `label` names the
    component that the store has the text in, empty if it does not have it. `buckets` are the candidate
    buckets that the text is in, `root` the component of similar texts that it belongs to, as far as this is
    known yet.
    """

    members: dict[bytes, Member] = field(default_factory=dict)
    marks: Marks | None = None
    fresh: bool = False
    label: bytes = b""
    buckets: set[bytes] = field(default_factory=set)
    root: bytes | None = None

    def add(self, other: "Copies") -> None:
        """Take in `other`, in place."""
        for article_id, member in other.members.items():
            mine = self.members.get(article_id)
            self.members[article_id] = member if mine is None else min(mine, member)
        if other.marks is not None:
            self.marks = other.marks if self.marks is None else min(self.marks, other.marks)
        self.fresh |= other.fresh
        self.label = max(self.label, other.label)
        self.buckets |= other.buckets
        self.root = other.root if self.root is None else self.root

    def text(self, key: bytes) -> DistinctText:
        """Return the text that these are copies of, as it is compared; there must be a member."""
        if self.marks is None:
            raise ValueError(f"text {key.hex()} has no article")
        members = self.members.values()
        senior = min(members).seniority
        return DistinctText(senior, key, span(members), self.marks, self.fresh, self.label)


def merged(parts: Iterable[Copies]) -> Copies:
    """Return the sum of `parts`, none of which changes."""
    total = Copies()
    for part in parts:
        total.add(part)
    return total


def span(members: Iterable[Member]) -> Days:
    """Return the days on which the members appeared."""
    days = NO_DAY._replace(undated=False)
    for member in members:
        days = days.widened(member.days)
    return days


def copies_of(article: PreparedArticle) -> Copies:
    """Return the summary of one article."""
    head, print_ = article.head, article.fingerprint
    member = member_of(head)
    marks = Marks(print_.sketch, print_.shingles, print_.numbers)
    return Copies({member.seniority.article_id: member}, marks, fresh=True)


def text_key(article: PreparedArticle) -> bytes:
    """Return the 16 bytes that exact copies of an article share; 11 tell texts apart, the rest are zeros.

    For a text long enough to be compared, its content hash. A shorter one ("more to follow") says too
    little without its title, which therefore counts; an empty one or a mere notice equals no other article.
    """
    head, print_ = article.head, article.fingerprint
    if print_.keys:
        return padded(head.content_hash)
    own = head.article_id if not print_.shingles else "title " + fold(head.title or "")
    return padded(hashlib.blake2b(head.content_hash + own.encode(), digest_size=16).digest())


def posted_keys(article: PreparedArticle) -> bytes:
    """Return the packed bucket keys under which later texts find an article's text.

    Of a text too short to be compared, one made of the text's own key; of an empty one or a notice, none.
    """
    print_ = article.fingerprint
    return print_.keys or (text_key(article)[:8] if print_.shingles else b"")


def padded(digest: bytes) -> bytes:
    """Return a text key of a digest, cut to what tells texts apart."""
    return digest[:TEXT_IDENTITY].ljust(TEXT_BYTES, b"\0")


def label_of(component: str) -> bytes:
    """Return the 16 bytes that stand for a component of the store, by the id of its first story.

    No text key is equal to one: those end in a zero byte.
    """
    return bytes.fromhex(component)[:-1] + LABEL_MARK


def is_label(key: bytes) -> bool:
    """Whether a key stands for a component of the store, and not for a text."""
    return key.endswith(LABEL_MARK)


class Dated(Protocol):
    """What of an article decides its place in time."""

    @property
    def article_id(self) -> str: ...  # noqa: D102
    @property
    def published(self) -> datetime | None: ...  # noqa: D102
    @property
    def published_precision(self) -> DatePrecision | None: ...  # noqa: D102


def member_of(head: Dated) -> Member:
    """Return an article as a member of its text."""
    return Member(seniority(head), days_of(head))


def seniority(head: Dated) -> Seniority:
    """Return an article's place in the order of leading."""
    article_id = bytes.fromhex(head.article_id)
    if head.published is None:
        return Seniority(1, 0, article_id)
    return Seniority(0, microseconds(head.published), article_id)


def days_of(head: Dated) -> Days:
    """Return the days on which an article may have appeared: a month or a year when no day is known."""
    if head.published is None:
        return NO_DAY
    day = head.published.date()
    first, last = day, day
    if head.published_precision is DatePrecision.YEAR:
        first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    elif head.published_precision is DatePrecision.MONTH:
        first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Days(first.toordinal(), last.toordinal(), undated=False)
