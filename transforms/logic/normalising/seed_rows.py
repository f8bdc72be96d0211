"""Rows of the data files that ship with the project."""

import csv
from importlib.resources import files


def seed_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of `seeds/<name>`: tab-separated, a header row, `#` lines are comments; in order."""
    text = files("seeds").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
