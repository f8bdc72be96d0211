"""The lock of a store in an object store: a lease that its owner renews and that runs out when it died.

It keeps two runs from working for nothing, and the files of a run at work from being taken for a dead one's.
That no two of them commit does not rest on it: a run that lost its lease finds the version that it builds on
taken (`pipeline/store/commit.py`).
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

from pipeline.store.errors import StoreBusyError
from pipeline.store.owner import Owner
from schemas import ConfigError
from transforms.files import write_whole
from transforms.objects import ObjectPath, Seen, fault_of, is_unknown

LEASE = timedelta(seconds=60)
"""How long a lease is good for after its last renewal, by the clock of the object store."""

RENEWALS = 4
"""How often an owner renews its lease within that time."""

CLOCK = "_clock"
_FREE = b""

_log = logging.getLogger(__name__)


@contextmanager
def leased(lock: ObjectPath, run_id: str) -> Iterator[None]:
    """Hold the lease on a store whose lock is this object.

    A lease is free if it was given back, ran out, or is that of a process of this machine which is over.

    Raises:
        StoreBusyError: another run holds it; names that run and its age.
        ConfigError: the server does not know conditions, or takes no notice of them.
    """
    lease = _Lease(lock, run_id)
    lease.take()
    over = threading.Event()
    renewing = threading.Thread(target=lease.keep, args=(over,), name="lease", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()
        lease.give_back()


class _Lease:
    def __init__(self, lock: ObjectPath, run_id: str) -> None:
        self._lock = lock
        self._content = Owner.now(run_id).to_json().encode()
        self._tag: str | None = None

    def take(self) -> None:
        try:
            self._tag = self._lock.create(self._content) or self._take_over()
            careless = self._lock.create(self._content) or self._lock.swap(self._content, '"another"')
        except Exception as error:
            if not is_unknown(error):
                raise
            self._refuse("does not put objects on conditions")
        if careless:
            self._refuse("puts objects whatever the condition")

    def _refuse(self, what: str) -> NoReturn:
        raise ConfigError(
            f"--store {self._lock.parent}: this object store {what} (If-None-Match, If-Match), "
            "so it cannot keep two runs apart"
        )

    def _take_over(self) -> str:
        """Take a lease that is there but free."""
        seen = self._lock.look()
        if seen is None:
            return self._taken(self._lock.create(self._content))
        if seen.content == self._content:  # the answer to an earlier try was lost
            return seen.tag
        if seen.content != _FREE and not self._is_over(seen):
            self._taken(None)
        return self._taken(self._lock.swap(self._content, seen.tag))

    def _taken(self, tag: str | None) -> str:
        if tag is not None:
            return tag
        seen, store = self._lock.look(), self._lock.parent
        who = f"another run is writing to the store {store}"
        if seen is not None and seen.content != _FREE:
            who = Owner.from_json(seen.content).at_work_on(store)
        raise StoreBusyError(
            f"{who}; wait for it to end and run the command again (if it was killed, wait "
            f"{LEASE.total_seconds():.0f} s)"
        )

    def _is_over(self, seen: Seen) -> bool:
        """Asks the server for its time by putting an object: clocks of machines differ."""
        if Owner.from_json(seen.content).has_died():
            return True
        clock = self._lock.parent / CLOCK
        write_whole(clock, _FREE)
        now = clock.look()
        return now is not None and now.modified - seen.modified > LEASE

    def keep(self, over: threading.Event) -> None:
        """Renew the lease until the run is over or another has it."""
        while self._tag and not over.wait(LEASE.total_seconds() / RENEWALS):
            try:
                self._tag = self._lock.swap(self._content, self._tag) or self._mine()
            except Exception as error:  # noqa: BLE001 - a server may be back in time; the commit will tell
                why = fault_of(error) or type(error).__name__
                _log.warning("the lease on %s was not renewed: %s", self._lock.parent, why)

    def _mine(self) -> str | None:
        """The tag of a lease that is still ours: the answer to a renewal may be lost."""
        seen = self._lock.look()
        return seen.tag if seen is not None and seen.content == self._content else None

    def give_back(self) -> None:
        if self._tag:
            self._lock.swap(_FREE, self._tag)
