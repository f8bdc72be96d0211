"""One run at a time: a lock that the kernel lets go of when its owner dies."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from pipeline.store.errors import StoreBusyError
from pipeline.store.lease import leased
from pipeline.store.owner import Owner
from transforms.files import Place
from transforms.objects import ObjectPath

LOCK = "_lock"


def run_lock(folder: Place, run_id: str) -> AbstractContextManager[None]:
    """Hold the store's lock.

    The file says who holds it (run, host, process, since when), but on a disk holding it is the kernel's
    business (`flock`): a killed run leaves the file behind and no lock, so the next run takes over by itself.
    In an object store it is a lease.

    Raises:
        StoreBusyError: another run holds it; names that run and its age.
        ConfigError: an object store that cannot hold a lock.
    """
    if isinstance(folder, ObjectPath):
        return leased(folder / LOCK, run_id)
    return _locked(folder, run_id)


@contextmanager
def _locked(folder: Path, run_id: str) -> Iterator[None]:
    with (folder / LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusyError(_who_holds(folder)) from error
        file.truncate(0)
        file.write(Owner.now(run_id).to_json())
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _who_holds(folder: Path) -> str:
    text = (folder / LOCK).read_text(encoding="utf-8")
    if not text:
        return f"another run is writing to the store {folder}; wait for it to end and run the command again"
    return f"{Owner.from_json(text).at_work_on(folder)}; wait for it to end and run the command again"
