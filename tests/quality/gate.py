"""Scores held against floors that only rise."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from schemas import EventType
from tests.conftest import ROOT
from transforms.logic.coding import Coder
from transforms.logic.evaluating import Scores, judge, parse_gold, score

EPSILON = 0.0005
"""How far below its floor a figure may lie: less than one label of any set."""

FLOORS = Path(__file__).parent / "floors.json"
SETS: Mapping[str, Path] = {
    "sentences": ROOT / "tests" / "gold" / "sentences.jsonl",
    "articles": ROOT / "tests" / "gold" / "articles.jsonl",
    "probes": ROOT.parent / "shared" / "probes.jsonl",
    "blind": ROOT.parent / "shared" / "gold" / "blind.jsonl",
}
"""Our own gold, and sets beside the project, which are gated where they are there."""

OWN = ("sentences", "articles")
BESIDE = ("probes", "blind")

Figures = dict[str, float]


class Floor(NamedTuple):
    """What one set must reach, and the SHA-256 of the file that the figures are of."""

    sha256: str
    figures: Figures


class LoweredError(Exception):
    """A figure has fallen below its floor."""


def sha256_of(path: Path) -> str:
    """The digest of a gold file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure(path: Path, coder: Coder) -> Figures:
    """The gated figures: F1 of triples, of types and of each type's triples, modality, exact items."""
    with path.open("rb") as lines:
        return figures_of(score(judge(parse_gold(path.name, lines), coder), resamples=0))


def figures_of(scores: Scores) -> Figures:
    """The gated figures of scores; a share of nothing is 0."""
    by_type = scores.by["type"]
    found = {
        "f1": scores.triples.f1,
        "types_f1": scores.types.f1,
        "modality": scores.modality.value,
        "exact": scores.exact.value,
        **{f"f1_{kind}": by_type[kind].f1 if kind in by_type else None for kind in EventType},
    }
    return {name: value or 0.0 for name, value in found.items()}


def below(floor: Figures, measured: Figures) -> list[str]:
    """The figures that lie below their floors, in words."""
    return [
        f"{name} is {measured.get(name, 0.0):.4f}, its floor {value:.4f}"
        for name, value in sorted(floor.items())
        if measured.get(name, 0.0) < value - EPSILON
    ]


def raised(floor: Floor | None, sha256: str, measured: Figures, margin: float, *, may_fall: bool) -> Floor:
    """The floor of a set after a measurement: each figure less the margin, and never less than it was.

    Raises:
        LoweredError: a figure has fallen below its floor and must not.
    """
    wanted = {name: _down(value - margin) for name, value in measured.items()}
    if floor is None:
        return Floor(sha256, wanted)
    fallen = below(floor.figures, measured)
    if fallen and not may_fall:
        raise LoweredError("; ".join(fallen))
    kept = {} if fallen else floor.figures
    return Floor(sha256, {name: max(value, kept.get(name, 0.0)) for name, value in wanted.items()})


def _down(value: float) -> float:
    """Four digits, never more than the value."""
    return max(0.0, math.floor(value * 10_000) / 10_000)


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors of all sets."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: Floor(row["sha256"], row["figures"]) for name, row in document.items()}


def write_floors(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    """Write the floors, sorted, so that a change shows as what it is."""
    document = {name: floor._asdict() for name, floor in floors.items()}
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def present(names: Iterable[str]) -> list[str]:
    """Those of the sets whose files are there."""
    return [name for name in names if SETS[name].is_file()]
