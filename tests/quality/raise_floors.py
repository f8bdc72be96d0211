"""Raise the floors to what the coder reaches today: `python -m tests.quality.raise_floors`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.quality.gate import (
    FLOORS,
    SETS,
    LoweredError,
    measure,
    present,
    raised,
    read_floors,
    sha256_of,
    write_floors,
)
from transforms.logic.coding import Coder, load_lexicon


def main(argv: Sequence[str] | None = None, path: Path = FLOORS) -> int:
    """Measure every set that is there and write the floors; 1, and nothing written, when one would fall."""
    options = _parser().parse_args(argv)
    floors = read_floors(path) if path.exists() else {}
    coder = Coder(load_lexicon())
    for name in present(SETS):
        measured = measure(SETS[name], coder)
        digest = sha256_of(SETS[name])
        try:
            new = raised(
                floors.get(name), digest, measured, options.margin, may_fall=options.allow_regression
            )
        except LoweredError as error:
            sys.stderr.write(f"{name}: {error}\nNothing is written; --allow-regression lowers floors.\n")
            return 1
        floors[name] = new
        sys.stdout.write(f"{name}: " + ", ".join(f"{k} {v:.4f}" for k, v in new.figures.items()) + "\n")
    write_floors(floors, path)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.raise_floors", description=__doc__)
    parser.add_argument("--margin", type=float, default=0.0, help="how far below today's figures floors lie")
    parser.add_argument(
        "--allow-regression", action="store_true", help="lower the floors of a set that has fallen; say why"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
