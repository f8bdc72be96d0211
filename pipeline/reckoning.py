"""The sum that every run must prove, and the report that shows it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

import orjson
from pydantic import BaseModel, ConfigDict

from schemas import RejectReason
from schemas.lexicon import Lexicon
from schemas.tables import RUN, RunRow


class ReckoningError(Exception):
    """Records were lost or made up on the way: a fault of ours. Nothing was committed."""


class Reckoning(BaseModel):
    """Where every record went: read = kept + duplicates + replays + rejects + outside.

    `read` is counted where records are read, the others where they end. `outside` are records published on
    days that `--from` and `--to` leave out. A file that cannot be read on counts as one rejected record.
    """

    model_config = ConfigDict(frozen=True)

    read: int
    kept: int
    duplicates: int
    replays: int
    rejects: int
    outside: int
    rejects_by_reason: dict[RejectReason, int]

    @property
    def accounted(self) -> int:
        """How many records ended somewhere."""
        return self.kept + self.duplicates + self.replays + self.rejects + self.outside

    def check(self) -> None:
        """Hold the sum.

        Raises:
            ReckoningError: it does not hold; shows both sides.
        """
        if self.read != self.accounted or self.rejects != sum(self.rejects_by_reason.values()):
            reasons = ", ".join(f"{reason.value} {n}" for reason, n in self.rejects_by_reason.items())
            raise ReckoningError(
                f"{self.read} records were read but {self.accounted} accounted for (kept {self.kept}, "
                f"duplicates {self.duplicates}, replays {self.replays}, rejects {self.rejects} [{reasons}], "
                f"outside {self.outside}); nothing was committed"
            )

    @classmethod
    def from_tallies(cls, tallies: Mapping[str, int]) -> "Reckoning":
        """The reckoning of tallies by name; a reject's is `reject:` and its reason."""
        reasons = {reason: tallies.get(f"reject:{reason.value}", 0) for reason in RejectReason}
        return cls(
            **{name: tallies.get(name, 0) for name in ("read", "kept", "duplicates", "replays", "outside")},
            rejects=tallies.get("rejects", 0),
            rejects_by_reason={reason: n for reason, n in reasons.items() if n},
        )


class RunReport(BaseModel):
    """What a run did; also written as JSON into the store's `run_reports`.

    `rows` are the rows added by table (for `activity` and `dyads`: rows written anew; of a run in parts, for
    `stories` rows written by any part). `events` are coded
    events. `seconds` by phase; `peak_memory_mb` is the largest resident size of this process and of the
    largest of its children.
    """

    model_config = ConfigDict(frozen=True)

    run_id: str
    store: str
    inputs: tuple[str, ...]
    started: datetime
    finished: datetime
    reckoning: Reckoning
    events: int
    rows: dict[str, int]
    table_versions: dict[str, int]
    lexicon_version: str
    software: dict[str, str]
    runner: str
    seconds: dict[str, float]
    articles_per_second: float
    peak_memory_mb: float
    warnings: tuple[str, ...]


def run_row(
    run_id: str,
    started: datetime,
    inputs: Sequence[str],
    options: str,
    lexicon: Lexicon,
    reckoning: Reckoning,
    events: int,
) -> RunRow:
    """The row of a run that ends now: what it was told, and where its records went. `options` is JSON."""
    return RunRow(
        run_id=run_id,
        kind=RUN,
        started=started,
        finished=datetime.now(UTC),
        inputs=orjson.dumps(inputs).decode(),
        records_read=reckoning.read,
        articles_kept=reckoning.kept,
        duplicates=reckoning.duplicates,
        replays=reckoning.replays,
        rejects=reckoning.rejects,
        outside=reckoning.outside,
        events=events,
        lexicon_version=lexicon.version,
        code_version=version("wiretally"),
        options=options,
        versions="{}",
    )
