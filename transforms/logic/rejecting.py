"""Rejects: from a record and its error, and as rows that know themselves again."""

from hashlib import blake2b

from schemas import RawArticle, Reject, RejectableError
from schemas.reject import RAW_CAP
from schemas.tables import RejectRow


def reject_of(raw: RawArticle, error: RejectableError) -> Reject:
    """The reject of a record that was read but is of no use; keeps `RAW_CAP` bytes of its fields as JSON."""
    record = raw.model_dump_json(exclude_none=True).encode()
    return Reject(
        source_file=raw.source_file,
        position=raw.position,
        source_format=raw.source_format,
        reason=error.reason,
        detail=error.detail,
        raw=record[:RAW_CAP],
        raw_bytes=len(record),
    )


def reject_row(reject: Reject, run_id: str) -> RejectRow:
    """The row of a reject. Its id is a function of file, position, reason and kept bytes alone."""
    digest = blake2b(digest_size=16)
    for part in (
        reject.source_file.encode(),
        str(reject.position).encode(),
        reject.reason.encode(),
        reject.raw,
    ):
        digest.update(len(part).to_bytes(8, "big") + part)
    return RejectRow(reject_id=digest.hexdigest(), run_id=run_id, **reject.model_dump())
