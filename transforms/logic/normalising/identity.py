"""Ids that never change."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from schemas import DatePrecision
from transforms.logic.normalising.fold import fold


@dataclass(frozen=True)
class Identity:
    """What makes an article this article, apart from its text.

    The URL key stands for outlet and record id where there is one. `published` is None for an inferred date,
    which may change with the day of the crawl. Neither file nor position counts.
    """

    url_key: str | None
    outlet: str | None
    record_id: str | None
    title: str | None
    published: tuple[datetime, DatePrecision] | None


def article_id(identity: Identity, text_hash: bytes) -> str:
    """Return 32 hex digits, the BLAKE2b-128 of the identity's fields and the 16-byte hash of the text.

    A promise for ever: the stores of all users hold these ids, and golden tests hold the function.
    """
    return _hash(*_place(identity), fold(identity.title or ""), *_date(identity), text_hash.hex()).hex()


def title_hash(identity: Identity) -> bytes:
    """Return the 16-byte hash that stands for the text of an article without a body.

    The title alone would make every "Live updates" one story, so its address counts, or else outlet, record
    id and date; no body has such a hash.
    """
    date = ("", "") if identity.url_key else _date(identity)
    return _hash("title only", *_place(identity), fold(identity.title or ""), *date)


def _place(identity: Identity) -> tuple[str, ...]:
    if identity.url_key:
        return "url", identity.url_key
    return "record", identity.outlet or "", identity.record_id or ""


def _date(identity: Identity) -> tuple[str, str]:
    return (
        (identity.published[0].isoformat(), identity.published[1].value) if identity.published else ("", "")
    )


def _hash(*fields: str) -> bytes:
    """Hash fields with their lengths before them, so that no two lists of fields can run together alike."""
    state = hashlib.blake2b(digest_size=16)
    for field in fields:
        data = field.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.digest()
