"""Which run and which lexicon a count is of."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.tables import DyadEventRow, EventRow


class Stamp(NamedTuple):
    """What a counted row is marked with."""

    run_id: str
    lexicon_version: str


def common_stamp(
    rows: Sequence[EventRow | DyadEventRow], run_id: str | None, lexicon_version: str | None
) -> Stamp:
    """Return the stamp as given, and where it is not, as all rows have it; ValueError when they differ."""
    return Stamp(
        _only({row.run_id for row in rows}, "run_id") if run_id is None else run_id,
        _only({row.lexicon_version for row in rows}, "lexicon_version")
        if lexicon_version is None
        else lexicon_version,
    )


def _only(values: set[str], name: str) -> str:
    if len(values) > 1:
        raise ValueError(f"rows of several {name}s are counted together; name the {name} of the result")
    return next(iter(values), "")
