"""The end of a stream: one worker at a time that commits what has been delivered."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import apache_beam as beam
from apache_beam.coders import BytesCoder, VarIntCoder
from apache_beam.pvalue import PCollection
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, ReadModifyWriteStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.timestamp import Timestamp

from pipeline.run import new_run_id
from pipeline.store.errors import StoreBusyError
from pipeline.store.maintenance import maintain
from pipeline.store.store import Store
from pipeline.streaming.entering import Told, enter
from schemas import Delivery
from schemas.lexicon import Lexicon
from schemas.tables import MAINTENANCE
from transforms.logic.encoding import decode_record, encode_record
from transforms.logic.streaming.filing import batches, pack_filing, unpack_filing
from transforms.logic.streaming.offsets import split_done

TOGETHER_SECONDS = 1.0
"""How long a delivery waits for others, so that the panes of many days are one commit."""

UPKEEP_AFTER = 100
"""Commits after which the store's small files are put together."""

_PATIENCE_SECONDS = 600.0
_PAUSE_SECONDS = 0.5


@dataclass(frozen=True)
class Committing:
    """Where deliveries go, and how: at most about `at_once` articles in one commit.

    `source` is what they come from, `topic` the identity of it if it is one.
    """

    store: str
    source: str
    lexicon: Lexicon
    dedup_window: int
    at_once: int
    topic: str | None = None


@dataclass(eq=False)
class CommitDeliveries(beam.PTransform[PCollection[Delivery], PCollection[str]]):
    """Deliveries -> the ids of the runs that they became; the store has them when an id comes out.

    All of one key, because a store takes one commit at a time; only what is not committed yet is state. A
    delivery that comes again adds nothing (`enter`).
    """

    committing: Committing

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, deliveries: PCollection[Delivery]) -> PCollection[str]:
        """Key all alike, commit."""
        run_ids: PCollection[str] = (
            deliveries
            | "Pack" >> beam.Map(_packed).with_output_types(tuple[bytes, bytes])
            | "Commit" >> beam.ParDo(_CommitFn(self.committing)).with_output_types(str)
        )
        return run_ids


def _packed(delivery: Delivery) -> tuple[bytes, bytes]:
    return b"", encode_record(delivery)


class _CommitFn(beam.DoFn):
    WAITING = BagStateSpec("waiting", BytesCoder())
    HELD = ReadModifyWriteStateSpec("held", VarIntCoder())
    FILES = ReadModifyWriteStateSpec("files", BytesCoder())
    SOON = TimerSpec("soon", TimeDomain.REAL_TIME)
    END = TimerSpec("end", TimeDomain.WATERMARK)

    def __init__(self, committing: Committing) -> None:
        self._to = committing

    def process(
        self,
        keyed: tuple[bytes, bytes],
        waiting: Any = beam.DoFn.StateParam(WAITING),
        held: Any = beam.DoFn.StateParam(HELD),
        files: Any = beam.DoFn.StateParam(FILES),
        soon: Any = beam.DoFn.TimerParam(SOON),
        end: Any = beam.DoFn.TimerParam(END),
    ) -> Iterable[str]:
        before = held.read() or 0
        if not before:
            soon.set(Timestamp.now() + TOGETHER_SECONDS)
            end.set(GlobalWindow().max_timestamp())
        now = before + max(1, len(decode_record(Delivery, keyed[1]).articles))
        waiting.add(keyed[1])
        held.write(now)
        return self._commit(waiting, held, files) if now >= self._to.at_once else ()

    @on_timer(SOON)
    def commit_soon(
        self,
        waiting: Any = beam.DoFn.StateParam(WAITING),
        held: Any = beam.DoFn.StateParam(HELD),
        files: Any = beam.DoFn.StateParam(FILES),
    ) -> Iterable[str]:
        """Commit what has come together."""
        return self._commit(waiting, held, files)

    @on_timer(END)
    def commit_last(
        self,
        waiting: Any = beam.DoFn.StateParam(WAITING),
        held: Any = beam.DoFn.StateParam(HELD),
        files: Any = beam.DoFn.StateParam(FILES),
    ) -> Iterable[str]:
        """Commit what is left when the stream ends, when no clock may run any more."""
        return self._commit(waiting, held, files)

    def _commit(self, waiting: Any, held: Any, files: Any) -> Iterable[str]:
        parts = [decode_record(Delivery, one) for one in waiting.read()]
        if not parts:
            return []
        filing = unpack_filing(files.read())
        for part in parts:
            filing.add(part)
        delivery, done = batches(parts), filing.take_done()
        brought = delivery.articles or delivery.rejects or delivery.replays or done
        run_ids = [self._enter(delivery, self._told(parts, done))] if brought else []
        files.write(pack_filing(filing))
        waiting.clear()
        held.clear()
        return run_ids

    def _told(self, parts: list[Delivery], done: list[str]) -> Told:
        firings = Counter(part.firing.value for part in parts if part.firing for _ in part.articles)
        clocks = [one.clock for part in parts for one in part.read if one.clock is not None]
        files, offsets = split_done(done)
        return Told(
            folder=self._to.source,
            dedup_window=self._to.dedup_window,
            done=tuple(files),
            clock=max(clocks, default=None),
            firings=dict(sorted(firings.items())),
            offsets={self._to.topic: offsets} if self._to.topic and offsets else {},
        )

    def _enter(self, delivery: Delivery, told: Told) -> str:
        store, lexicon = self._to.store, self._to.lexicon
        run_id = in_turn(lambda run_id: enter(store, run_id, delivery, told, lexicon))
        keep_up(store)
        return run_id


def in_turn(write: Callable[[str], object]) -> str:
    """Write to a store under a new run id, which is returned, waiting while somebody else writes.

    Raises:
        StoreBusyError: it took the other more than ten minutes.
    """
    patience = time.monotonic() + _PATIENCE_SECONDS
    while True:
        run_id = new_run_id(datetime.now(UTC))
        try:
            write(run_id)
        except StoreBusyError:
            if time.monotonic() > patience:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return run_id


def keep_up(uri: str) -> None:
    """Put a store's small files together if that has not been done for `UPKEEP_AFTER` commits."""
    kinds = [row.kind for row in Store.open(uri).runs()]
    if len(kinds) >= UPKEEP_AFTER and MAINTENANCE not in kinds[-UPKEEP_AFTER:]:
        in_turn(lambda run_id: maintain(uri, run_id))
