"""What one go of the benchmarks found, with the machine and the versions; what the tables are made of."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.common import Figure
from benchmarks.growth import Growth
from benchmarks.tagging import Tagging
from benchmarks.whole import Run

_SOFTWARE = ("wiretally", "apache-beam", "deltalake", "duckdb", "numpy", "pyarrow", "pydantic")
_PEERS = ("spacy", "datasketch")


class Machine(BaseModel):
    """Where it ran; `load` is how many processes waited for its cores on average of a minute."""

    model_config = ConfigDict(frozen=True)

    processor: str
    cores: int
    system: str
    load: float


@dataclass(frozen=True)
class Copies:
    """What somebody's de-duplication found of invented copies, in seconds of processor time."""

    by: str
    articles: int
    copies: int
    recall: float
    precision: float
    templates_merged: int
    fingerprint_seconds: float
    place_seconds: float
    state_bytes: float


class Report(BaseModel):
    """All figures of one go."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    machine: Machine
    software: dict[str, str]
    lexicon_version: str
    stages: tuple[Figure, ...]
    runs: tuple[Run, ...]
    growth: tuple[Growth, ...]
    tagging: tuple[Tagging, ...]
    copies: tuple[Copies, ...]


def machine() -> Machine:
    """This one, now."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.machine()}",
        load=os.getloadavg()[0],
    )


def software() -> dict[str, str]:
    """The versions that matter, of peers where they are installed."""
    return {"python": platform.python_version()} | {
        name: found for name in (*_SOFTWARE, *_PEERS) if (found := _version(name))
    }


def now() -> datetime:
    """The moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    """The model of the processor, as the system names it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
