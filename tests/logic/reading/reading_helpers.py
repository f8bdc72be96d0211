"""What the tests of reading share: files in memory, and invented articles."""

import io
import json
from collections.abc import Sequence
from typing import Any

from schemas import RawArticle, Reject
from transforms.logic.reading import Limits, Shapes, load_shapes, plan_tasks, read_task

SHAPES = load_shapes()
Outcomes = list[RawArticle | Reject]


def read_bytes(
    name: str,
    data: bytes,
    *,
    format: str | None = None,
    limits: Limits | None = None,
    shapes: Shapes = SHAPES,
    range_bytes: int = 1 << 30,
) -> Outcomes:
    """Every outcome of a file of that name and content."""

    def opener(_path: str) -> io.BytesIO:
        return io.BytesIO(data)

    tasks = plan_tasks(name, len(data), opener, format=format, range_bytes=range_bytes, shapes=shapes)
    return [outcome for task in tasks for outcome in read_task(task, opener, shapes, limits or Limits())]


def articles(outcomes: Sequence[RawArticle | Reject]) -> list[RawArticle]:
    """The articles among outcomes."""
    return [outcome for outcome in outcomes if isinstance(outcome, RawArticle)]


def rejects(outcomes: Sequence[RawArticle | Reject]) -> list[Reject]:
    """The rejects among outcomes."""
    return [outcome for outcome in outcomes if isinstance(outcome, Reject)]


def reasons(outcomes: Sequence[RawArticle | Reject]) -> list[str]:
    """The reason of every reject."""
    return [reject.reason.value for reject in rejects(outcomes)]


def record(number: int, **changes: Any) -> dict[str, Any]:
    """A flat invented record."""
    return {
        "id": f"n-{number}",
        "url": f"https://harbourpost.example/{number}",
        "source": "Harbour Post",
        "title": f"Ferries leave the old port, part {number}",
        "text": f"The harbour master said on Monday that ferry {number} had left.\nNobody was hurt.",
        "published": "2024-12-06T07:30:00Z",
        "lang": "en",
        **changes,
    }


def jsonl(*records: object) -> bytes:
    """Records as JSON lines."""
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in records)
