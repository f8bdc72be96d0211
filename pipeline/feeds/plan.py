"""What of a store a feed has to send: partitions whose files are not those that it sent last."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.store.delta import DataFile

FEEDS = ("articles", "stories", "events", "activity", "dyads", "rejects", "runs")
"""The tables that dashboards read; postings and the raw material of dyads stay in the store."""

WITHHELD: Mapping[str, frozenset[str]] = {
    "articles": frozenset(("text_key", "sketch", "shingles", "numbers", "text", "content_hash")),
    "rejects": frozenset(("raw",)),
}
"""Columns that no dashboard reads: fingerprints, texts, and the raw bytes of bad records."""


class Part(NamedTuple):
    """A table's partition, "" in a table without."""

    table: str
    partition: str


class Plan(NamedTuple):
    """The partitions to replace, with the digest of their files, and those that are gone. Sorted."""

    replace: tuple[tuple[Part, str], ...]
    remove: tuple[Part, ...]


def digests(table: str, files: Iterable[DataFile]) -> dict[Part, str]:
    """One digest for each partition of a table, over the names of its files, which no two runs share."""
    names: dict[Part, list[str]] = {}
    for file in files:
        names.setdefault(Part(table, file.partition or ""), []).append(file.path)
    return {
        part: hashlib.blake2b("\0".join(sorted(paths)).encode(), digest_size=16).hexdigest()
        for part, paths in names.items()
    }


def plan_sync(now: Mapping[Part, str], sent: Mapping[Part, str]) -> Plan:
    """What to send so that the feed holds `now`, having been sent `sent`. Nothing where both agree."""
    replace = tuple(sorted((part, digest) for part, digest in now.items() if sent.get(part) != digest))
    return Plan(replace, tuple(sorted(part for part in sent if part not in now)))
