"""How much of a file may be trusted."""

from schemas.base import Record

MIB = 1 << 20


class Limits(Record):
    """Caps that keep one bad file from taking the machine with it.

    `record_bytes` is the largest record that is used, and about the most that is held of any record.
    `document_bytes` caps what must be held whole though it holds several articles (feeds, text exports).
    A stream that has given more than `ratio_floor` bytes may be at most `ratio` times its compressed size:
    gzip cannot exceed 1,032 and news texts stay below 20. All layers of a file together may give
    `total_floor` bytes, or `ratio` times the file. `archive_depth` counts zip and tar files inside each
    other, `layers` these and compressions together. `spool_bytes` caps what is laid out in a temporary file
    because its format must be read from its end (zip and Parquet inside something else).
    `zip_directory_bytes` caps the directory of a zip file, which is held whole (16 MiB take 150 MiB),
    `tar_members` the members of a tar file, each of which takes some bytes, and `header_bytes` its headers.
    """

    record_bytes: int = 10_000_000
    document_bytes: int = 256 * MIB
    ratio: int = 250
    ratio_floor: int = 64 * MIB
    total_floor: int = 1024 * MIB
    archive_depth: int = 3
    layers: int = 6
    spool_bytes: int = 4096 * MIB
    zip_directory_bytes: int = 16 * MIB
    tar_members: int = 1_000_000
    header_bytes: int = MIB


DEFAULT_LIMITS = Limits()
