"""Processes that prepare batches of records beside this one; what they make comes back in order."""

import pickle
import signal
import threading
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from schemas import PreparedArticle, RawArticle, Reject
from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder
from transforms.logic.deduplicating import History, Replay
from transforms.logic.deduplicating.held import HeldIds
from transforms.logic.deduplicating.history import NO_HISTORY
from transforms.logic.encoding import decode_record, encode_record
from transforms.logic.preparing import Outcome, Preparer

_AHEAD = 2
"""Batches for each worker that are out at once, so that none waits for the next."""

_NONE = ""
_KINDS: dict[str, type[PreparedArticle | Replay | Reject]] = {
    kind.__name__: kind for kind in (PreparedArticle, Replay, Reject)
}
_Answer = list[tuple[str, bytes]]


class WorkerDiedError(Exception):
    """A worker process ended without an answer; the message says what to do."""


@dataclass(frozen=True)
class Recipe:
    """What makes a preparer in any process: the lexicon, packed, and the preparer's options.

    Packed, because what holds it is pickled many times, and bytes cost that a tenth of what a lexicon does.
    """

    packed: bytes
    version: str
    keep_text: bool = False
    published_from: date | None = None
    published_to: date | None = None
    history: History = NO_HISTORY

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        keep_text: bool,
        published_from: date | None,
        published_to: date | None,
        history: History = NO_HISTORY,
    ) -> "Recipe":
        """The recipe of a lexicon and the options of `Preparer`; it holds the ids of `history`."""
        packed = zlib.compress(pickle.dumps(lexicon, pickle.HIGHEST_PROTOCOL), 1)
        return cls(packed, lexicon.version, keep_text, published_from, published_to, history)

    def coder(self) -> Coder:
        """A new coder, which takes most of the time of making a preparer."""
        return Coder(pickle.loads(zlib.decompress(self.packed)))

    def held(self) -> HeldIds:
        """The ids of the history, read where this is called."""
        return HeldIds.of(self.history)

    def preparer(self, coder: Coder, held: HeldIds) -> Preparer:
        """The preparer that uses this coder and holds these ids."""
        return Preparer(coder, self.keep_text, self.published_from, self.published_to, held)


class Prepared(NamedTuple):
    """A batch and the outcomes of its records, in their order."""

    batch: list[RawArticle]
    outcomes: list[Outcome]


class Workers:
    """So many worker processes, each with a coder of its own. `stop` ends them.

    Raises, from `send`, `ready` and `rest`:
        RecordFaultError: a fault of ours in a worker.
        WorkerDiedError: a worker process was killed or ran out of memory.
    """

    def __init__(self, number: int, recipe: Recipe) -> None:
        # Spawned, not forked: this process has threads, and a lock that one of them holds would stay closed.
        self._pool = ProcessPoolExecutor(number, get_context("spawn"), _begin, (recipe,))
        self._limit = number * _AHEAD
        self._out: deque[tuple[list[RawArticle], Future[_Answer]]] = deque()
        _RUNNING.append(self)

    def send(self, batch: list[RawArticle]) -> None:
        """Give a batch to whichever worker is free first."""
        fields = [raw.__dict__ for raw in batch]
        try:
            with _deaf():
                self._out.append((batch, self._pool.submit(_prepare, fields)))
        except BrokenProcessPool as error:
            raise _died(batch) from error

    def ready(self) -> Iterator[Prepared]:
        """What must be taken before more is sent, oldest first, waiting for it."""
        while len(self._out) > self._limit:
            yield self._oldest()

    def rest(self) -> Iterator[Prepared]:
        """All that is still out, oldest first."""
        while self._out:
            yield self._oldest()

    def processes(self) -> list[BaseProcess]:
        """The processes that are at work."""
        return list((self._pool._processes or {}).values())

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        processes = self.processes()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        if self in _RUNNING:
            _RUNNING.remove(self)

    def _oldest(self) -> Prepared:
        batch, answer = self._out.popleft()
        try:
            return Prepared(batch, [_decoded(*one) for one in answer.result()])
        except BrokenProcessPool as error:
            raise _died(batch) from error


_RUNNING: list[Workers] = []


def stop_workers() -> None:
    """End all worker processes of this process; after an interruption nobody else would."""
    for workers in list(_RUNNING):
        workers.stop()


@contextmanager
def _deaf() -> Iterator[None]:
    """Have processes that begin meanwhile never hear Ctrl-C, and hear it here when all of them are known."""
    heard: list[int] = []
    first = threading.current_thread() is threading.main_thread()
    answer = signal.signal(signal.SIGINT, lambda sign, _: heard.append(sign)) if first else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if first:
            signal.signal(signal.SIGINT, answer)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _died(batch: list[RawArticle]) -> WorkerDiedError:
    first, last = batch[0], batch[-1]
    return WorkerDiedError(
        f"a worker process ended without an answer while {first.source_file}, records at {first.position} to "
        f"{last.position}, was prepared; killed, or out of memory: try fewer --workers"
    )


_preparer: Preparer


def _begin(recipe: Recipe) -> None:
    """Make this worker's preparer."""
    global _preparer
    _preparer = recipe.preparer(recipe.coder(), recipe.held())


def _prepare(fields: list[dict[str, object]]) -> _Answer:
    return [_encoded(_preparer.outcome(RawArticle.of_valid(one))) for one in fields]


def _encoded(outcome: Outcome) -> tuple[str, bytes]:
    return (_NONE, b"") if outcome is None else (type(outcome).__name__, encode_record(outcome))


def _decoded(kind: str, data: bytes) -> Outcome:
    return None if kind == _NONE else decode_record(_KINDS[kind], data)
