"""Generated articles by the thousand: copies of known kinds, templates, and an event in every story."""

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zlib import crc32

from benchmarks.copies import make_corpus

Record = TypeVar("Record")
_START = datetime(2024, 1, 1, tzinfo=UTC)
_EVENTS = (
    "Russian jets bombed bases of the Syrian army on {day}.",
    "Iran evacuated its diplomats from Damascus, officials said.",
    "Rebels of the M23 captured a town from the Congolese army.",
    "Israel may evacuate villages along the border, ministers said on {day}.",
    "Sudanese army jets shelled positions of the Rapid Support Forces.",
    "Ukrainian troops withdrew from two villages, the army said.",
    "Traders weighed rain in the plains against weak exports.",
)
_ENGLISH = "the and of to that with which from this they their were been has had would who by".split()


def many_articles(originals: int) -> list[dict[str, Any]]:
    """About one and a half times as many records, one in thirty undated; the same for the same number."""
    dice = random.Random(originals)
    return [
        {
            "id": f"many-{number}",
            "source": f"outlet-{number % 41}.example",
            "title": f"Of {made.story % 97} and others",
            "text": f"{_EVENTS[made.story % len(_EVENTS)].format(day='Tuesday')}\n{in_english(made.text)}",
            "published": _published(dice, made.day),
            "lang": "en",
        }
        for number, made in enumerate(make_corpus(originals))
    ]


def in_english(text: str) -> str:
    """Invented words with every fifth of them taken for an English one, or the language would be another."""
    return re.sub(r"[A-Za-z]+", _word, text)


def _word(found: re.Match[str]) -> str:
    mark = crc32(found[0].lower().encode())
    return _ENGLISH[mark // 5 % len(_ENGLISH)] if mark % 5 == 0 else found[0]


def _published(dice: random.Random, day: int) -> str | None:
    moment = _START + timedelta(days=day, minutes=dice.randrange(1440))
    return moment.isoformat() if dice.randrange(30) else None


def overlapping(records: Sequence[Record], dumps: int, dice: random.Random) -> list[list[Record]]:
    """The records in random order in so many dumps, each with a fifth as many of the others' again."""
    shuffled = dice.sample(records, len(records))
    parts = [shuffled[number::dumps] for number in range(dumps)]
    return [dice.sample(part + dice.sample(shuffled, len(part) // 5), len(part) * 6 // 5) for part in parts]
