"""From a decoded record to a RawArticle, by a shape."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from schemas import BodyKind, RawArticle, RejectableError, RejectReason
from transforms.logic.reading.charsets import decode_text
from transforms.logic.reading.shapes import FIELDS, Finding, Shape, fold_key

NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a", "undefined", "<na>"})
"""Literals by which exporters write that a value is missing."""
LONGEST_NOTHING = 9
REMOVED = frozenset({"[removed]", "[deleted]"})
CUT = re.compile(r"\[\+\d+ chars\]$")
"""NewsAPI ends the 200 characters it gives of an article like this."""
ENDING = 80
WHOLE_NUMBER = re.compile(r"\s*[0-9]{1,18}\s*")
NUMBERS_ALLOWED = frozenset({"record_id", "published", "published_hint", "fetched"})
JOINED = {"body": "\n\n", "byline": ", "}
MANY_KEYS = 20

Rec = Mapping[str, Any]


class _Place(NamedTuple):
    key: str
    steps: tuple[str, ...]
    html: bool
    kind: BodyKind
    capture: re.Pattern[str] | None


def look_up(record: Rec, path: str) -> object:
    """The value at a dotted path, a list for a path with `[]`; None where there is none."""
    return record[path] if path in record else _walk(record, tuple(path.split(".")))


def has_path(record: Rec, path: str) -> bool:
    """Whether the record has the last key of the path, be its value null or not."""
    *parents, last = path.replace("[]", "").split(".")
    here: object = record
    if path in record:
        return True
    for step in parents:
        here = here.get(step) if isinstance(here, dict) else None
    return isinstance(here, Mapping) and last in here


def _walk(here: Any, steps: tuple[str, ...]) -> object:
    for place, step in enumerate(steps):
        name = step.removesuffix("[]")
        here = here.get(name) if isinstance(here, dict) else None
        if here is None:
            return None
        if name != step and isinstance(here, list):
            rest = steps[place + 1 :]
            return [_walk(item, rest) if rest else item for item in here]
    return here


def keys_of(record: Rec) -> str:
    """The keys of a record for a message, the first few."""
    names = list(record)
    more = f" and {len(names) - MANY_KEYS} more" if len(names) > MANY_KEYS else ""
    return ", ".join(str(name)[:60] for name in names[:MANY_KEYS]) + more


class Extractor:
    """A shape bound to the keys that a file has."""

    def __init__(self, shape: Shape, samples: list[Rec]) -> None:
        self.shape = shape
        known = {str(key): None for record in samples for key in record}
        self._plan = tuple((name, _places(shape, name, known)) for name in FIELDS if name in shape.fields)
        self._constants = tuple(shape.constants.items())
        self.mapping = {name: used for name, places in self._plan if (used := _in_use(places, samples))}

    def extract(
        self, record: Rec, source_file: str, position: int, source_format: str, encoding: str
    ) -> RawArticle:
        """The article in a record.

        Raises:
            RejectableError: `wrong_type`, `not_an_article`, `removed`, `no_text` or `wrong_shape`.
        """
        if self.shape.skip:
            self._check_skips(record)
        found: dict[str, Any] = {}
        for name, places in self._plan:
            for place in places:
                value = record.get(place.key)
                if value is None and place.steps:
                    value = _walk(record, place.steps)
                if value is None:
                    continue
                text = value if type(value) is str else _as_text(name, value)
                if place.capture and text is not None:
                    text = match[1] if (match := place.capture.search(text)) else None
                if (
                    text is None
                    or text.isspace()
                    or (len(text) < LONGEST_NOTHING and text.strip().lower() in NOTHING)
                ):
                    continue
                found[name] = text
                if name == "body":
                    found["body_is_html"] = place.html
                    found["body_kind"] = place.kind
                break
        self._complete(found, record)
        return RawArticle(
            source_file=source_file,
            position=position,
            source_format=source_format,
            encoding=encoding,
            **found,
        )

    def _complete(self, found: dict[str, Any], record: Rec) -> None:
        body = found.get("body")
        if body is None:
            if "title" not in found:
                raise self._no_text(record)
            found["body_kind"] = BodyKind.NONE
        elif (ending := body[-ENDING:].rstrip()).endswith("]"):
            _judge_ending(found, ending)
        if found.get("title", "").strip().lower() in REMOVED:
            raise RejectableError(RejectReason.REMOVED, "the source has taken the article back")
        for name, value in self._constants:
            found.setdefault(name, value)

    def _no_text(self, record: Rec) -> RejectableError:
        paths = [finding.path for name in ("title", "body") for finding in self.shape.fields.get(name, ())]
        mapped = {fold_key(path) for path in paths} if self.shape.loose else set()
        if any(has_path(record, path) for path in paths) or any(
            fold_key(str(key)) in mapped for key in record
        ):
            return RejectableError(RejectReason.NO_TEXT, "neither a title nor a text")
        return RejectableError(
            RejectReason.WRONG_SHAPE, f"not {self.shape.name}; its keys: {keys_of(record)}"
        )

    def _check_skips(self, record: Rec) -> None:
        for skip in self.shape.skip:
            value = look_up(record, skip.path)
            if isinstance(value, str) and skip.above is not None and WHOLE_NUMBER.fullmatch(value):
                value = int(value)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            above = number and skip.above is not None and value > skip.above  # type: ignore[operator]
            if above or (skip.equals and value in skip.equals):
                raise RejectableError(RejectReason.NOT_AN_ARTICLE, f"{skip.path} is {value}")


def _judge_ending(found: dict[str, Any], ending: str) -> None:
    if CUT.search(ending):
        found["body_kind"] = BodyKind.TRUNCATED
    elif found["body"].strip().lower() in REMOVED:
        raise RejectableError(RejectReason.REMOVED, "the source has taken the text back")


def _as_text(name: str, value: object) -> str | None:
    """A value that is not a string as one, where that is what it means; None where it says nothing."""
    if isinstance(value, list):
        return _joined(name, value)
    if isinstance(value, bytes):
        return decode_text(value)[0]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and name in NUMBERS_ALLOWED:
        if value != value:
            return None
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    raise RejectableError(RejectReason.WRONG_TYPE, f"{name} is {type(value).__name__}, not text")


def _joined(name: str, values: list[object]) -> str | None:
    if name not in JOINED:
        raise RejectableError(RejectReason.WRONG_TYPE, f"{name} is a list, not text")
    for value in values:
        if value is not None and not isinstance(value, str):
            raise RejectableError(
                RejectReason.WRONG_TYPE, f"{name} is a list with {type(value).__name__} in it"
            )
    texts = [value for value in values if isinstance(value, str) and value.strip().lower() not in NOTHING]
    return JOINED[name].join(texts) or None


def _places(shape: Shape, name: str, known: Mapping[str, None]) -> tuple[_Place, ...]:
    places: dict[str, _Place] = {}
    for finding in shape.fields[name]:
        places.setdefault(finding.path, _place(finding, finding.path))
        if shape.loose:
            wanted = fold_key(finding.path)
            for key in known:
                if fold_key(key) == wanted:
                    places.setdefault(key, _place(finding, key))
    return tuple(places.values())


def _place(finding: Finding, path: str) -> _Place:
    steps = tuple(path.split(".")) if "." in path or path.endswith("[]") else ()
    capture = re.compile(finding.capture, re.DOTALL) if finding.capture else None
    return _Place(path, steps, finding.html, finding.kind, capture)


def _in_use(places: tuple[_Place, ...], samples: list[Rec]) -> tuple[str, ...]:
    return tuple(place.key for place in places if any(has_path(record, place.key) for record in samples))


def holds_text(record: Rec, shapes: tuple[Shape, ...]) -> bool:
    """Whether a record has a full text of its own by the shape that it fits."""
    shape = choose_shape(shapes, [record])
    try:
        article = Extractor(shape, [record]).extract(record, "", 0, "", "") if shape else None
    except RejectableError:
        return False
    return article is not None and article.body_kind is BodyKind.FULL


def choose_shape(shapes: tuple[Shape, ...], samples: list[Rec]) -> Shape | None:
    """The shape that most of the sample records have, the one that demands most where several fit.

    A shape is taken only if at least half of the samples have what it needs.
    """
    best: tuple[float, Shape] | None = None
    for shape in shapes:
        fits = [record for record in samples if _fits(shape, record)]
        if not samples or len(fits) * 2 < len(samples):
            continue
        likes = sum(has_path(record, path) for record in fits for path in shape.likes) / len(fits)
        score = (0 if shape.loose else len(shape.needs) + likes) + len(fits) / len(samples)
        if best is None or score > best[0]:
            best = (score, shape)
    return best[1] if best else None


def _fits(shape: Shape, record: Rec) -> bool:
    if shape.loose:
        folded = {fold_key(str(key)) for key in record}
        needs = all(fold_key(path) in folded for path in shape.needs)
        return needs and (not shape.needs_any or any(fold_key(path) in folded for path in shape.needs_any))
    needs = all(has_path(record, path) for path in shape.needs)
    return needs and (not shape.needs_any or any(has_path(record, path) for path in shape.needs_any))
