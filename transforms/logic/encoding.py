"""Records as bytes: JSON arrays of their fields in order, which leaves out the names."""

import binascii
import types
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin

import orjson

from schemas.base import Record

RecordT = TypeVar("RecordT", bound=Record)
_Decode = Callable[[Any], Any]


def encode_record(record: Record) -> bytes:
    """Return the record as a JSON array of its fields; equal records give equal bytes."""
    return orjson.dumps(record, default=_plain)


def decode_record(model: type[RecordT], data: bytes) -> RecordT:
    """Return the record of type `model` that `encode_record` wrote."""
    return cast(RecordT, _record_decoder(model)(orjson.loads(data)))


def _plain(value: object) -> object:
    if isinstance(value, Record):
        fields = value.__dict__
        return [fields[name] for name in _names(type(value))]
    if isinstance(value, bytes):
        return binascii.b2a_base64(value, newline=False).decode()
    raise TypeError(f"no plain form of {type(value).__name__}")


@cache
def _names(model: type[Record]) -> tuple[str, ...]:
    return tuple(model.model_fields)


@cache
def _record_decoder(model: type[Record]) -> _Decode:
    names = _names(model)
    decoders = [(name, _decoder(model.model_fields[name].annotation)) for name in names]
    converted = [(name, convert) for name, convert in decoders if convert is not None]

    def decode(values: list[Any]) -> Record:
        fields = dict(zip(names, values, strict=True))
        for name, convert in converted:
            if fields[name] is not None:
                fields[name] = convert(fields[name])
        return model.of_valid(fields)

    return decode


def _decoder(kind: Any) -> _Decode | None:
    """Return how to make a value of type `kind` of its JSON form, None where it is its own."""
    if get_origin(kind) is types.UnionType:
        (inner,) = (arg for arg in get_args(kind) if arg is not types.NoneType)
        return _decoder(inner)
    if get_origin(kind) is tuple:
        return _tuple_decoder(_decoder(get_args(kind)[0]))
    if issubclass(kind, Record):
        return _record_decoder(kind)
    if issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__  # calling the type costs ten times that
    simple: dict[type, _Decode] = {
        bytes: binascii.a2b_base64,
        datetime: datetime.fromisoformat,
        date: date.fromisoformat,
    }
    return simple.get(kind)


def _tuple_decoder(convert: _Decode | None) -> _Decode:
    if convert is None:
        return tuple
    return lambda values: tuple(map(convert, values))
