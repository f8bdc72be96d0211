"""One JSON text to a value, with the accidents of real dumps."""

import json
import re

import orjson

from schemas import RejectableError, RejectReason
from transforms.logic.reading.charsets import UTF8, decode_text

SURROGATE = re.compile("[\ud800-\udfff]")


def parse_json(raw: bytes) -> tuple[object, str]:
    """The value and the encoding it was read by.

    What orjson refuses is tried once more with the standard library: other encodings than UTF-8, `NaN` and
    `Infinity` (taken as null), raw control characters inside strings, lone surrogates (become U+FFFD).

    Raises:
        RejectableError: `bad_syntax`, `bad_encoding` or `too_deep`.
    """
    try:
        return orjson.loads(raw), UTF8
    except orjson.JSONDecodeError as error:
        if "recursion" in str(error).lower():
            raise RejectableError(RejectReason.TOO_DEEP, "JSON nested more than 1,024 levels deep") from error
    return _parse_leniently(raw)


def _parse_leniently(raw: bytes) -> tuple[object, str]:
    text, encoding = decode_text(raw)
    try:
        value = json.loads(text, strict=False, parse_constant=_nothing)
    except RecursionError as error:
        raise RejectableError(RejectReason.TOO_DEEP, "JSON nested too deep") from error
    except ValueError as error:
        raise RejectableError(RejectReason.BAD_SYNTAX, f"not JSON: {error}") from error
    return _without_surrogates(value), encoding


def _nothing(_name: str) -> None:
    return None


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value
