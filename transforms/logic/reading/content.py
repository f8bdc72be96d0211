"""What every reader of a format is given, and how it says that something cannot be used."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from schemas import RawArticle, Reject, RejectableError, RejectReason
from schemas.reject import RAW_CAP
from transforms.logic.reading.charsets import UTF8
from transforms.logic.reading.extracting import Extractor, choose_shape, keys_of
from transforms.logic.reading.json_values import parse_json
from transforms.logic.reading.limits import DEFAULT_LIMITS, Limits
from transforms.logic.reading.shapes import Shape, Shapes
from transforms.logic.reading.streams import Source

Outcome = RawArticle | Reject
SAMPLES = 20
HEAD = 1 << 18


@dataclass(frozen=True)
class Decision:
    """What was decided of one file or member of an archive."""

    source_file: str
    layers: tuple[str, ...]
    container: str
    shape: str | None
    mapping: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Settings:
    """How files are to be read. `container` and `shape` are forced where they are given."""

    shapes: Shapes
    limits: Limits = DEFAULT_LIMITS
    container: str | None = None
    shape: Shape | None = None
    watch: Callable[[Decision], None] | None = None


@dataclass(frozen=True)
class Part:
    """One uncompressed file, or member of an archive, of a known container; perhaps a range of it."""

    source: Source
    settings: Settings
    container: str
    layers: tuple[str, ...] = ()
    start: int = 0
    end: int | None = None

    def named(self, container: str) -> "Part":
        """The same, of another container."""
        return replace(self, container=container)

    def decided(self, shape: str | None, mapping: Mapping[str, tuple[str, ...]]) -> None:
        """Tell whoever inspects."""
        if self.settings.watch:
            decision = Decision(self.source.name, self.layers, self.container, shape, mapping)
            self.settings.watch(decision)

    def reject(
        self, position: int, reason: RejectReason, detail: str, raw: bytes = b"", length: int | None = None
    ) -> Reject:
        """A reject of this part; `length` is the size of what is rejected where `raw` is its beginning."""
        return Reject(
            source_file=self.source.name,
            position=position,
            source_format=self.container,
            reason=reason,
            detail=detail,
            raw=raw[:RAW_CAP],
            raw_bytes=len(raw) if length is None else length,
        )

    def too_large(self, position: int, raw: bytes, length: int, cap: int | None = None) -> Reject:
        """The reject of something that is larger than `cap` bytes, by default the cap of a record."""
        cap = self.settings.limits.record_bytes if cap is None else cap
        return self.reject(position, RejectReason.TOO_LARGE, f"{length} bytes; the cap is {cap}", raw, length)

    def tail(self, position: int, raw: bytes = b"", length: int | None = None) -> Iterator[Reject]:
        """The one reject for what is lost where the stream broke; none if it did not."""
        if self.source.broken:
            yield self.reject(position, self.source.broken.reason, self.source.broken.detail, raw, length)

    def whole(self, cap: int) -> bytes | Reject:
        """All bytes of the part, or why they cannot be had."""
        raw, total = self.source.read_whole(cap)
        if self.source.broken:
            return next(self.tail(0, raw, total))
        if total > cap:
            return self.too_large(0, raw, total, cap)
        return raw


class RecordMaker:
    """Makes an outcome of every decoded record of a part, by the shape chosen from its first records."""

    def __init__(self, part: Part, samples: list[Mapping[str, Any]]) -> None:
        self._part = part
        shape = part.settings.shape or choose_shape(part.settings.shapes.shapes, samples)
        self._extractor = Extractor(shape, samples) if shape else None
        self.format = f"{part.container}:{shape.name}" if shape else part.container
        self.unknown = self._unknown(samples) if shape is None and samples else None
        part.decided(shape.name if shape else None, self._extractor.mapping if self._extractor else {})

    def _unknown(self, samples: list[Mapping[str, Any]]) -> Reject:
        keys = keys_of(samples[0])
        detail = f"no known shape; its keys: {keys}. Name a shape with --format, or map the keys in a file"
        raw = orjson.dumps(samples[0], default=str, option=orjson.OPT_NON_STR_KEYS)
        return self._part.reject(0, RejectReason.UNKNOWN_FORMAT, detail, raw)

    def from_json(self, raw: bytes, position: int) -> Outcome:
        """The outcome of one JSON text."""
        try:
            value, encoding = parse_json(raw)
            return self._extract(_object(value), position, encoding)
        except RejectableError as error:
            return self.reject(position, error, raw)

    def from_row(
        self, row: Mapping[str, Any], position: int, encoding: str = UTF8, raw: bytes | None = None
    ) -> Outcome:
        """The outcome of a row of a table; `raw` is what it was read from, where that is bytes."""
        try:
            return self._extract(row, position, encoding)
        except RejectableError as error:
            seen = orjson.dumps(row, default=str, option=orjson.OPT_NON_STR_KEYS) if raw is None else raw
            return self.reject(position, error, seen)

    def reject(self, position: int, error: RejectableError, raw: bytes) -> Reject:
        """The reject of a record."""
        reject = self._part.reject(position, error.reason, error.detail, raw)
        return reject.model_copy(update={"source_format": self.format})

    def _extract(self, record: Mapping[str, Any], position: int, encoding: str) -> RawArticle:
        if self._extractor is None:
            raise RejectableError(RejectReason.WRONG_SHAPE, f"no known shape; its keys: {keys_of(record)}")
        return self._extractor.extract(record, self._part.source.name, position, self.format, encoding)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        detail = f"a record is {type(value).__name__}, not an object"
        raise RejectableError(RejectReason.WRONG_SHAPE, detail)
    return value


def sample_json(texts: Iterator[bytes]) -> list[Mapping[str, Any]]:
    """The objects among the first JSON texts, as many as are needed to choose a shape."""
    samples: list[Mapping[str, Any]] = []
    for text in texts:
        try:
            value, _ = parse_json(text)
        except RejectableError:
            continue  # it becomes a reject when it is read
        if isinstance(value, dict):
            samples.append(value)
        if len(samples) == SAMPLES:
            break
    return samples
