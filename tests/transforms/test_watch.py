"""Looks at a folder in which files arrive."""

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from apache_beam.utils.timestamp import MAX_TIMESTAMP, MIN_TIMESTAMP, Timestamp

from tests.logic.streaming.test_clock import NOON
from transforms.logic.streaming.clock import seconds_of
from transforms.watch import Look, Watching, arrived

DAY = 86_400
MIDNIGHT = seconds_of(NOON) - DAY // 2


@dataclass
class Book:
    """A ledger in memory."""

    stamps: set[str] = field(default_factory=set)
    told: int | None = None

    def done(self) -> Collection[str]:
        return self.stamps

    def clock(self) -> int | None:
        return self.told


def write(folder: Path, name: str, day: str, at: int, records: int = 2) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "".join(
            f'{{"title": "Rain {n}", "text": "It fell.", "published": "{day}"}}\n' for n in range(records)
        )
    )
    os.utime(path, (at, at))
    return path


def look(folder: Path, book: Book, **options: object) -> Look:
    return Look(Watching(str(folder), **options), book)  # type: ignore[arg-type]


def names(result: object) -> list[str]:
    return [Path(output.value.path).name for output in result.outputs]  # type: ignore[attr-defined]


def test_a_look_finds_whole_files_in_all_folders_oldest_first(tmp_path: Path) -> None:
    write(tmp_path, "b.jsonl", "2024-12-06", 200)
    write(tmp_path, "below/a.jsonl", "2024-12-06", 100)
    write(tmp_path, "c.jsonl.part", "2024-12-06", 100)
    write(tmp_path, ".hidden/d.jsonl", "2024-12-06", 100)
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nothing")
    assert names(look(tmp_path, Book())(str(tmp_path))) == ["a.jsonl", "b.jsonl"]


def test_files_of_one_look_carry_the_clock_before_it_and_move_it_after(tmp_path: Path) -> None:
    watch = look(tmp_path, Book(), delay_days=1)
    write(tmp_path, "a.jsonl", "2024-12-06", 100)
    write(tmp_path, "b.jsonl", "2024-11-01", 100)
    first = watch(str(tmp_path))
    assert {(output.value.clock, output.timestamp) for output in first.outputs} == {(None, MIN_TIMESTAMP)}
    assert first.watermark == Timestamp(MIDNIGHT - DAY)
    write(tmp_path, "c.jsonl", "2024-12-08", 100)
    second = watch(str(tmp_path))
    (last,) = (output for output in second.outputs if output.value.path.endswith("c.jsonl"))
    assert (last.value.clock, last.timestamp) == (MIDNIGHT - DAY, Timestamp(MIDNIGHT - DAY))
    assert second.watermark == Timestamp(MIDNIGHT + DAY)


def test_started_again_it_goes_on_with_the_clock_and_the_files_of_the_ledger(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "2024-12-06", 100)
    write(tmp_path, "b.jsonl", "2024-11-01", 200)
    done = next(file for file in arrived(str(tmp_path), 0) if file.path.endswith("a.jsonl"))
    result = look(tmp_path, Book({done.stamp}, MIDNIGHT))(str(tmp_path))
    assert [(output.value.path, output.value.clock) for output in result.outputs] == [
        (str(tmp_path / "b.jsonl"), MIDNIGHT)
    ]
    assert result.watermark == Timestamp(MIDNIGHT)


def test_a_burst_waits_until_the_store_has_what_is_under_way(tmp_path: Path) -> None:
    for n in range(9):
        write(tmp_path, f"{n}.jsonl", "2024-12-06", 100 + n)
    size = (tmp_path / "0.jsonl").stat().st_size
    book = Book()
    watch = look(tmp_path, book, limit_bytes=3 * size)
    assert names(watch(str(tmp_path))) == names(watch(str(tmp_path))) == ["0.jsonl", "1.jsonl", "2.jsonl"]
    book.stamps |= {file.stamp for file in arrived(str(tmp_path), 0) if file.path.endswith("1.jsonl")}
    assert names(watch(str(tmp_path))) == ["0.jsonl", "2.jsonl", "3.jsonl"]


def test_it_ends_only_when_all_is_done_and_nothing_comes(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "2024-12-06", 100)
    book = Book()
    watch = look(tmp_path, book, until_idle=0)
    assert watch(str(tmp_path)).watermark != MAX_TIMESTAMP
    book.stamps |= {file.stamp for file in arrived(str(tmp_path), 0)}
    assert watch(str(tmp_path)).watermark == MAX_TIMESTAMP
    assert look(tmp_path, book)(str(tmp_path)).watermark != MAX_TIMESTAMP


def test_a_file_that_nothing_can_be_read_of_moves_no_clock(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(b"\x1f\x8b not really")
    os.utime(tmp_path / "a.jsonl.gz", (100, 100))
    result = look(tmp_path, Book())(str(tmp_path))
    assert (names(result), result.watermark) == (["a.jsonl.gz"], MIN_TIMESTAMP)
