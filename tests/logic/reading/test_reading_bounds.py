"""What is held in memory, and what happens to files that cannot be read."""

import io
import tracemalloc
from collections.abc import Callable

import pytest

from schemas import RawArticle, Reject
from tests.logic.reading.reading_helpers import SHAPES, jsonl, record
from transforms.logic.reading import plan_tasks, read_task


class _Long(io.RawIOBase):
    """A file of `size` filler bytes between a beginning and an end, which exists nowhere."""

    def __init__(self, begin: bytes, size: int, end: bytes) -> None:
        self._pieces = [begin, *([b"x" * (1 << 20)] * (size >> 20)), end]

    def read(self, size: int | None = -1) -> bytes:
        if not self._pieces:
            return b""
        piece = self._pieces.pop(0)
        if size is not None and 0 <= size < len(piece):
            self._pieces.insert(0, piece[size:])
            piece = piece[:size]
        return piece


def _read(name: str, opener: Callable[[str], object]) -> list[RawArticle | Reject]:
    (task,) = plan_tasks(name, 100, opener, shapes=SHAPES)  # type: ignore[arg-type]
    return list(read_task(task, opener, SHAPES))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "begin", "end", "kept"),
    [
        ("a.jsonl", jsonl(record(1)) + b'{"text": "', b'"}\n' + jsonl(record(2)), 2),
        ("a.json", b"[" + jsonl(record(1)) + b', {"text": "', b'"},' + jsonl(record(2)) + b"]", 2),
        ("a.csv", b'id,title,text\n1,A,B\n2,A,"', b'"\n3,A,B\n', 2),
        ("a.txt", b"A title\n", b"\n", 0),
        ("a.html", b"<html>", b"</html>", 0),
    ],
)
def test_a_record_of_200_mb_is_refused_and_never_held(name: str, begin: bytes, end: bytes, kept: int) -> None:
    tracemalloc.start()
    try:
        outcomes = _read(name, lambda _: _Long(begin, 200 << 20, end))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [outcome.reason.value for outcome in outcomes if isinstance(outcome, Reject)] == ["too_large"]
    assert sum(isinstance(outcome, RawArticle) for outcome in outcomes) == kept
    assert peak < 60 << 20


def test_a_file_that_is_gone_is_one_reject() -> None:
    def opener(path: str) -> io.BytesIO:
        raise FileNotFoundError(path)

    (reject,) = _read("gone.jsonl", opener)
    assert isinstance(reject, Reject)
    assert (reject.reason.value, reject.source_file) == ("unreadable_file", "gone.jsonl")


def test_a_disk_that_fails_in_the_middle_costs_the_rest_only() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 3000:
                raise OSError(5, "Input/output error")
            return super().read(min(1000, 1000 if size is None or size < 0 else size))

    data = jsonl(*(record(n) for n in range(40)))
    outcomes = _read("a.jsonl", lambda _: Failing(data))
    assert isinstance(outcomes[-1], Reject)
    assert outcomes[-1].reason.value == "unreadable_file"
    assert all(isinstance(outcome, RawArticle) for outcome in outcomes[:-1])
    assert len(outcomes) > 5
