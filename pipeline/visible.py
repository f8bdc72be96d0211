"""Texts of strangers, made safe to show in a terminal."""

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Text in which control characters and direction overrides are escapes that a person can read.

    Tabs and line feeds stay. Nothing that is left can move a cursor, change a colour or hide a word.
    """
    return _STEERING.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
