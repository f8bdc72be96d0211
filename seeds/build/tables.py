"""Reading the tables that are built or reviewed."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

LEXICON = Path(__file__).parent.parent / "lexicon"

_STROKES = str.maketrans("øØđĐłŁıßæœ", "oOdDlLisao")


def rows_of(stem: str) -> Iterator[dict[str, str]]:
    """The rows of one table, cells by column."""
    lines = [line for line in (LEXICON / f"{stem}.tsv").read_text("utf-8").splitlines() if line.strip()]
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    for row in rows:
        yield dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))


def items_of(cell: str) -> list[str]:
    """The items of a cell, without marks of exactness."""
    return [item.strip(" =") for item in cell.split(";") if item.strip(" =")]


def folded(surface: str) -> str:
    """The surface without accents and case, to compare by."""
    letters = unicodedata.normalize("NFKD", surface.translate(_STROKES))
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("\u2019", "'").casefold()
