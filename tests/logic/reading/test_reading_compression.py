"""Compressed files: whole ones, ones of many members, and ones that are cut, damaged or bombs."""

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.logic.reading.reading_helpers import articles, jsonl, read_bytes, reasons, record, rejects
from transforms.logic.reading import Limits

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
EACH = pytest.mark.parametrize("suffix", PACKERS)
MANY = [record(number, text=f"{number} " * (number % 700)) for number in range(300)]
"""Enough that a compressor writes more than one block."""


@EACH
def test_a_whole_file_is_read(suffix: str) -> None:
    found = read_bytes(f"a.jsonl.{suffix}", PACKERS[suffix](jsonl(*MANY)))
    assert [each.record_id for each in articles(found)] == [each["id"] for each in MANY]
    assert len(found) == len(MANY)


@EACH
def test_the_magic_bytes_count_and_not_the_name(suffix: str) -> None:
    assert len(articles(read_bytes("dump.jsonl", PACKERS[suffix](jsonl(*MANY))))) == len(MANY)


@EACH
def test_members_one_after_the_other_with_padding(suffix: str) -> None:
    parts = [PACKERS[suffix](jsonl(each)) for each in MANY[:5]]
    for between in (b"", b"\0" * 8):
        found = read_bytes(f"a.jsonl.{suffix}", between.join(parts) + b"\0" * 4)
        assert [each.position for each in found] == [len(jsonl(*MANY[:number])) for number in range(5)]
        assert len(articles(found)) == 5


@EACH
@given(st.data())
def test_a_cut_file_gives_what_comes_before_and_one_reject(suffix: str, data: st.DataObject) -> None:
    packed = PACKERS[suffix](jsonl(*MANY))
    cut = data.draw(st.integers(8, len(packed) - 1))
    outcomes = read_bytes(f"a.jsonl.{suffix}", packed[:cut])
    found = articles(outcomes)
    assert [each.record_id for each in found] == [each["id"] for each in MANY[: len(found)]]
    assert reasons(outcomes) == ["truncated_archive"]
    assert outcomes[-1].position == len(jsonl(*MANY[: len(found)]))


def test_half_a_file_gives_about_half_the_records() -> None:
    packed = PACKERS["gz"](jsonl(*MANY))
    assert len(articles(read_bytes("a.jsonl.gz", packed[: len(packed) // 2]))) > 50


@EACH
def test_what_follows_the_end_is_reported(suffix: str) -> None:
    outcomes = read_bytes(f"a.jsonl.{suffix}", PACKERS[suffix](jsonl(*MANY)) + b"not packed at all")
    assert len(articles(outcomes)) == len(MANY)
    assert reasons(outcomes) == ["corrupt_archive"]


@EACH
def test_a_flipped_byte_is_noticed(suffix: str) -> None:
    packed = bytearray(PACKERS[suffix](jsonl(*MANY)))
    packed[len(packed) // 2] ^= 0x55
    outcomes = read_bytes(f"a.jsonl.{suffix}", bytes(packed))
    assert set(reasons(outcomes)) & {"corrupt_archive", "truncated_archive"}
    assert len(outcomes) <= len(MANY) + 1


@EACH
def test_a_bomb_is_stopped(suffix: str) -> None:
    packed = PACKERS[suffix](b'{"text": "' + b"a" * 40_000_000)
    limits = Limits(ratio_floor=4 << 20, record_bytes=1 << 20)
    (reject,) = rejects(read_bytes(f"a.json.{suffix}", packed, limits=limits))
    assert reject.reason.value == "unsafe_archive"
    assert reject.raw_bytes < 40_000_000


def test_layers_upon_layers_are_refused() -> None:
    packed = jsonl(record(1))
    for _ in range(3):
        packed = gzip.compress(packed)
    assert len(articles(read_bytes("a", packed))) == 1
    for _ in range(4):
        packed = gzip.compress(packed)
    assert reasons(read_bytes("a", packed)) == ["unsafe_archive"]


def test_skippable_frames_of_zstandard() -> None:
    skip = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    packed = PACKERS["zst"](jsonl(record(1)))
    assert len(articles(read_bytes("a.zst", skip + packed + skip + packed))) == 2
