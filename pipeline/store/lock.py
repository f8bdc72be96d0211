"""One run at a time: a lock that the kernel lets go of when its owner dies."""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.store.errors import StoreBusyError

LOCK = "_lock"


@contextmanager
def run_lock(folder: Path, run_id: str) -> Iterator[None]:
    """Hold the store's lock.

    The file says who holds it (run, host, process, since when), but holding it is the kernel's business
    (`flock`): a killed run leaves the file behind and no lock, so the next run takes over by itself.

    Raises:
        StoreBusyError: another run holds it; names that run and its age.
    """
    with (folder / LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusyError(_who_holds(folder)) from error
        _write_owner(file, run_id)
        try:
            yield
        finally:
            file.truncate(0)


def _write_owner(file: Any, run_id: str) -> None:
    owner = {
        "run_id": run_id,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    file.truncate(0)
    json.dump(owner, file)
    file.flush()


def _who_holds(folder: Path) -> str:
    text = (folder / LOCK).read_text(encoding="utf-8")
    if not text:
        return f"another run is writing to the store {folder}; wait for it to end and run the command again"
    owner = json.loads(text)
    age = int((datetime.now(UTC) - datetime.fromisoformat(owner["since"])).total_seconds())
    return (
        f"run {owner['run_id']} (process {owner['pid']} on {owner['host']}) has been writing to the store "
        f"{folder} for {age} s; wait for it to end and run the command again"
    )
