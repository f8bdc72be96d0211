"""How much of a file may be trusted."""

from schemas.base import Record

MIB = 1 << 20


class Limits(Record):
    """Caps that keep one bad file from taking the machine with it.

    `record_bytes` is the largest record that is used, and about the most that is held of any record.
    `document_bytes` caps what must be held whole though it holds several articles (feeds, text exports).
    A stream that has given more than `ratio_floor` bytes may be at most `ratio` times its compressed size:
    gzip cannot exceed 1,032 and news texts stay below 20. `archive_depth` counts zip and tar files inside
    each other, `layers` these and compressions together. `spool_bytes` caps what is laid out in a temporary
    file because its format must be read from its end (zip and Parquet inside something else).
    """

    record_bytes: int = 10_000_000
    document_bytes: int = 256 * MIB
    ratio: int = 250
    ratio_floor: int = 64 * MIB
    archive_depth: int = 3
    layers: int = 6
    spool_bytes: int = 4096 * MIB


DEFAULT_LIMITS = Limits()
