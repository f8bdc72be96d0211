"""Invented articles for tests of de-duplicating and counting."""

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from schemas import (
    ArticleHead,
    BodyKind,
    Coding,
    DatePrecision,
    PreparedArticle,
)
from transforms.logic.deduplicating import fingerprint
from transforms.logic.normalising.fold import content_hash

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
_SYLLABLES = [a + b for a, b in zip("bcdfghjklmnprstvwz", "aoueiouaoiouaoiaoe", strict=True)]


def words(count: int, seed: int) -> list[str]:
    """Invented words, the same for the same seed."""
    rng = random.Random(seed)
    return ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)]


@cache
def body(seed: int, count: int = 160) -> str:
    return " ".join(words(count, seed))


def changed(text: str, seed: int, share: float) -> str:
    """The text with a share of its words replaced."""
    rng = random.Random(seed)
    return " ".join(rng.choice(_SYLLABLES) * 3 if rng.random() < share else word for word in text.split())


def article(
    text: str,
    *,
    name: str = "",
    day: int | None = 0,
    outlet: str | None = "example.org",
    title: str | None = "A title",
    source_file: str = "dump.jsonl",
    position: int = 0,
    precision: DatePrecision = DatePrecision.SECOND,
    coding: Coding | None = None,
) -> PreparedArticle:
    """An article published `day` days after the start, None for undated; `name` tells like articles apart."""
    identity = repr((text, name, day, title)).encode()
    published = None if day is None else START + timedelta(days=day)
    head = ArticleHead(
        article_id=hashlib.blake2b(identity, digest_size=16).hexdigest(),
        content_hash=content_hash(text),
        record_id=None,
        url=None,
        url_key=None,
        outlet=outlet,
        title=title,
        published=published,
        published_precision=None if published is None else precision,
        published_inferred=False,
        fetched=None,
        language="en",
        byline=None,
        body_kind=BodyKind.FULL,
        source_format="jsonl",
        source_file=source_file,
        position=position,
    )
    coding = coding or Coding(status="coded", events=(), dyads=())
    return PreparedArticle(head=head, fingerprint=fingerprint(text), coding=coding)


@st.composite
def corpora(draw: st.DrawFn, most: int = 14) -> list[PreparedArticle]:
    """Articles, among them exact and near copies, excerpts, drifting versions, short texts and replays."""
    texts = _variants(draw(st.integers(0, 3)))
    pick = st.tuples(
        st.sampled_from(texts),
        st.sampled_from(["", "a", "b"]),
        st.sampled_from([None, 0, 0, 1, 20, 45]),
        st.sampled_from(["one.org", "two.org", None]),
        st.integers(0, 2),
    )
    picks = draw(st.lists(pick, min_size=1, max_size=most))
    return [
        article(text, name=name, day=day, outlet=outlet, source_file=f"dump{file}", position=position)
        for position, (text, name, day, outlet, file) in enumerate(picks)
    ]


@cache
def _variants(seed: int) -> Sequence[str]:
    base, other = body(seed), body(seed + 100)
    drift = [base]
    for step in range(3):
        drift.append(changed(drift[-1], step, 0.06))
    half = " ".join(base.split()[:90])
    return (*drift, half, other, changed(other, 9, 0.02), "Too short to say much.", "")
