"""An article after the one fused stage that sees its text."""

from schemas.article import ArticleHead
from schemas.base import Record
from schemas.event import Coding


class Fingerprint(Record):
    """What de-duplication needs of a text, and nothing else: about 400 bytes.

    `keys` packs big-endian 8-byte bucket keys (bands, then long shingles); `sketch` is 128 slots of 8 bits;
    `shingles` counts the distinct shingles; `numbers` packs big-endian 4-byte hashes of the distinct numbers,
    sorted, at most 64. Texts too short for near comparison have no keys.
    """

    keys: bytes
    sketch: bytes
    shingles: int
    numbers: bytes


class PreparedArticle(Record):
    """What leaves the preparing stage: no text crosses a shuffle, unless the store keeps texts (`text`)."""

    head: ArticleHead
    fingerprint: Fingerprint
    coding: Coding
    text: str | None = None
