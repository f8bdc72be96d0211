"""Reader of Factiva text exports, with and without field codes."""

import re
from collections.abc import Iterator

from schemas import RejectableError, RejectReason
from transforms.logic.reading.content import Outcome, Part
from transforms.logic.reading.databases import COPYRIGHT, Fields, read_records

WORDS = re.compile(r"\s*[\d,. ]+ words\s*")
END = re.compile(r"^(?:AN[ \t]+)?Document (?P<id>[A-Za-z0-9]{8,})[ \t]*$", re.MULTILINE)
CODES = "SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN|CT|RF|CLM|ART"
CODE = re.compile(rf"^(?P<code>{CODES})(?:[ \t]{{1,4}}|$)(?P<value>.*)$")
FOOTER = re.compile(r"\n(?:Search Summary|© \d{4} Factiva, Inc\.|Text\s+.*\nDate\s+)[\s\S]*\Z")
LONG_DATE = re.compile(
    r"\s*(?:\w+day,?\s+)?(?:\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})(?:[ ,]+\w+day)?"
    r"(?:[ ,]+\d{1,2}:\d\d(?: ?[AP]M)?(?: [A-Z]{2,4})?)?\s*"
)
MAPPING = {
    "record_id": ("Document ... / AN",),
    "outlet": ("SN, or the line under the date",),
    "title": ("HD, or the first lines",),
    "body": ("LP and TD, or what follows the copyright",),
    "published": ("PD (and ET), or the line under the word count",),
    "language": ("LA",),
    "byline": ("BY, or 'By ...' above the word count",),
}


def read_factiva(part: Part) -> Iterator[Outcome]:
    """The articles of a Factiva text export, with or without field codes. Positions are ordinals."""
    part.decided("factiva", MAPPING)
    yield from read_records(part, "factiva", _split, factiva_fields)


def _split(text: str) -> Iterator[str]:
    start = 0
    for mark in END.finditer(text):
        yield text[start : mark.end()]
        start = mark.end()
    rest = FOOTER.sub("", "\n" + text[start:]).strip()
    if rest:
        yield rest


def factiva_fields(record: str) -> Fields:
    """The fields of one record of a Factiva export.

    Raises:
        RejectableError: `wrong_shape` if neither field codes nor a word count show where things are.
    """
    lines = record.strip("\n").split("\n")
    coded = _coded(lines)
    if "HD" in coded and ("TD" in coded or "LP" in coded):
        return _from_codes(coded)
    return _from_layout(lines)


def _coded(lines: list[str]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    here: list[str] = []
    for line in lines:
        found = CODE.match(line)
        if found and found["code"] not in fields:
            here = fields.setdefault(found["code"], [])
            line = found["value"]
        here.append(line)
    return {code: "\n".join(values).strip() for code, values in fields.items()}


def _from_codes(coded: dict[str, str]) -> Fields:
    return {
        "record_id": coded.get("AN", "").removeprefix("Document ").strip(),
        "outlet": coded.get("SN"),
        "title": " ".join(coded["HD"].split()),
        "body": "\n\n".join(text for code in ("LP", "TD") if (text := coded.get(code))),
        "published": " ".join((coded.get("PD", "") + " " + coded.get("ET", "")).split()),
        "language": coded.get("LA"),
        "byline": coded.get("BY"),
    }


def _from_layout(lines: list[str]) -> Fields:
    words = next((number for number, line in enumerate(lines) if WORDS.fullmatch(line)), None)
    if words is None:
        raise RejectableError(RejectReason.WRONG_SHAPE, "no field codes and no line with a word count")
    above = [line.strip() for line in lines[:words] if line.strip()]
    byline = above.pop() if len(above) > 1 and above[-1].startswith("By ") else None
    head_end = next((n for n in range(words + 1, len(lines)) if COPYRIGHT.fullmatch(lines[n])), None)
    if head_end is None:
        head_end = next((n for n in range(words + 1, len(lines)) if not lines[n].strip()), words)
    head = [line.strip() for line in lines[words + 1 : head_end] if line.strip()]
    dated = next((number for number, line in enumerate(head) if LONG_DATE.fullmatch(line)), None)
    named = [
        line for line in head[(dated or 0) + 1 :] if not re.fullmatch(r"\d\d?:\d\d.*|[A-Z0-9]{3,8}", line)
    ]
    end = END.fullmatch(lines[-1])
    return {
        "record_id": end["id"] if end else None,
        "outlet": named[0] if named else None,
        "title": " ".join(above),
        "body": "\n".join(lines[head_end + 1 : -1 if end else None]).strip(),
        "published": head[dated] if dated is not None else None,
        "language": named[-1] if len(named) > 1 else None,
        "byline": byline,
    }
