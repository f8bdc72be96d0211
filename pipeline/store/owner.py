"""Who holds a store's lock."""

import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from transforms.files import Place


@dataclass(frozen=True)
class Owner:
    """A run and its process. `born` tells that from every other on any machine, where it is known."""

    run_id: str
    host: str
    pid: int
    since: str
    born: str | None = None

    @classmethod
    def now(cls, run_id: str) -> Self:
        """This process, from now on."""
        since = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(run_id, socket.gethostname(), os.getpid(), since, _born(os.getpid()))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """What `to_json` wrote."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """As a JSON object."""
        return json.dumps(asdict(self))

    def has_died(self) -> bool:
        """Whether the process was one of this machine and is over; False where that cannot be told."""
        here = _home()
        if self.born is None or here is None or not self.born.startswith(here):
            return False
        return _born(self.pid) != self.born

    def at_work_on(self, folder: Place) -> str:
        """What it does, in words."""
        age = int((datetime.now(UTC) - datetime.fromisoformat(self.since)).total_seconds())
        return (
            f"run {self.run_id} (process {self.pid} on {self.host}) has been writing to the store {folder} "
            f"for {age} s"
        )


def _home() -> str | None:
    """The start of this machine and the processes that are numbered together, as Linux names them."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()} "
    except OSError:
        return None


def _born(pid: int) -> str | None:
    """Where a process that runs was started and when; None if it is over, or nothing is known of it."""
    home = _home()
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if home is None or state == "Z" else f"{home}{rest[_START]}"


_START = 18
"""Where the time of a process's start stands after its state in `/proc/PID/stat`."""
