"""Reader of Nexis text exports, in the present layout (`Body`) and the old one (`1 of 9 DOCUMENTS`)."""

import re
from collections.abc import Iterator

from schemas import RejectableError, RejectReason
from transforms.logic.reading.content import Outcome, Part
from transforms.logic.reading.databases import COPYRIGHT, Fields, read_records

DATE = re.compile(r"\b[A-Z][a-z]+ \d{1,2}, \d{4}|\b\d{1,2} [A-Z][a-z]+ \d{4}")
END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
START = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?[ \t]*$", re.MULTILINE)
LABEL = re.compile(r"^[ \t]*(?P<label>[A-Z][A-Za-z-]+):[ \t]*(?P<value>.*)$")
AFTER = re.compile(
    "load-date|language|graphic|publication-type|subject|classification|url|journal-code|acc-no|document-type"
)
MAPPING = {
    "outlet": ("line above the date",),
    "title": ("first line of the heading",),
    "body": ("between Body, or Length:, and Load-Date:",),
    "published": ("first date line",),
    "language": ("Language:",),
    "byline": ("Byline:",),
}


def read_nexis(part: Part) -> Iterator[Outcome]:
    """The articles of a Nexis text export, new or old layout. Positions are ordinals."""
    part.decided("nexis", MAPPING)
    yield from read_records(part, "nexis", _split, nexis_fields)


def _split(text: str) -> Iterator[str]:
    mark = END if END.search(text) else START
    for record in mark.split(text):
        if record.strip():
            yield record


def nexis_fields(record: str) -> Fields:
    """The fields of one record of a Nexis export.

    Raises:
        RejectableError: `wrong_shape` if there is neither a `Body` line nor a `Length:` line.
    """
    lines = record.strip("\n").split("\n")
    labels = _labels(lines)
    length = labels.get("length")
    body = next((n for n, line in enumerate(lines) if line.strip() == "Body"), None)
    if length is None and body is None:
        raise RejectableError(RejectReason.WRONG_SHAPE, "neither a 'Body' nor a 'Length:' line")
    start = body if body is not None else length[0] if length else 0
    end = min(
        (at for label, (at, _) in labels.items() if AFTER.fullmatch(label) and at > start), default=len(lines)
    )
    heading = lines[: min([at for at, _ in labels.values() if at < start] or [start])]
    text = [line.rstrip() for line in lines[start + 1 : end] if not _is_label_of_head(line)]
    return {
        **_heading(heading, modern=body is not None),
        "body": _unwrapped("\n".join(text), modern=body is not None),
        "language": labels.get("language", (0, ""))[1],
        "byline": labels.get("byline", (0, ""))[1],
        "fetched": labels.get("load-date", (0, ""))[1],
    }


def _labels(lines: list[str]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines):
        if match := LABEL.match(line):
            found.setdefault(match["label"].lower(), (number, match["value"].strip()))
    return found


def _is_label_of_head(line: str) -> bool:
    match = LABEL.match(line)
    return (
        bool(match)
        and match is not None
        and match["label"].upper() in {"DATELINE", "HIGHLIGHT", "BYLINE", "SECTION"}
    )


def _heading(lines: list[str], *, modern: bool) -> Fields:
    """Modern: title, outlet, date. Old: outlet, date (edition), title."""
    blocks = [
        " ".join(block.split())
        for block in re.split(r"\n" if modern else r"\n\s*\n", "\n".join(lines))
        if block.strip()
    ]
    blocks = [block for block in blocks if not COPYRIGHT.fullmatch(block) and block != "All Rights Reserved"]
    dated = next((n for n, block in enumerate(blocks) if DATE.search(block)), None)
    if dated is None:
        return {"title": blocks[0] if blocks else None}
    date = DATE.search(blocks[dated])
    published = date[0] if date else None
    if modern:
        outlet = blocks[dated - 1] if dated > 1 else None
        return {"title": " ".join(blocks[: max(1, dated - 1)]), "outlet": outlet, "published": published}
    return {
        "outlet": " ".join(blocks[:dated]),
        "title": " ".join(blocks[dated + 1 :][-1:]),
        "published": published,
    }


def _unwrapped(text: str, *, modern: bool) -> str:
    """The text; in the old layout lines are broken at 70 characters and a blank line divides paragraphs."""
    if modern:
        return text.strip()
    return "\n\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())
