"""Archives made to deceive or to exhaust: bounded memory and time, and every member accounted for."""

import gzip
import io
import subprocess
import sys
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.logic.reading.reading_helpers import articles, jsonl, read_bytes, reasons, record, rejects
from tests.logic.reading.test_reading_archives import tarred, zipped
from transforms.logic.reading import Limits

ONE = jsonl(record(1))
Members = Sequence[tuple[str, bytes]]


def zip_of(members: Members) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def tar_of(members: Members, kind: bytes = tarfile.REGTYPE) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), "/etc/passwd"
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_members_of_one_name_have_places_of_their_own(pack: Callable[[Members], bytes]) -> None:
    found = read_bytes("a", pack([("x", ONE), ("x", b""), ("x", b""), ("x#2", ONE)]))
    assert [each.source_file for each in found] == ["a!x", "a!x#2", "a!x#3", "a!x#2#2"]
    assert reasons(found) == ["no_text"] * 2


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(kind: bytes) -> None:
    found = read_bytes("a", tar_of([("x.txt", b"")], kind) + tar_of([]))
    assert reasons(found) == ["not_an_article"]


def test_a_link_in_a_zip_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("x.txt")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert reasons(read_bytes("a", buffer.getvalue())) == ["not_an_article"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_tar_with_a_bad_header_says_that_the_rest_is_lost(packed: bool) -> None:
    """tarfile by itself takes such a header for the end."""
    data = bytearray(tarred({f"{n}.jsonl": ONE for n in range(5)}))
    at = data.index(b"2.jsonl")
    data[at] ^= 1
    for some in (bytes(data), bytes(data[: at + 100])):
        outcomes = read_bytes("a", gzip.compress(some) if packed else some)
        assert len(articles(outcomes)) == 2
        (reject,) = rejects(outcomes)
        assert (reject.source_file, reject.reason) == ("a", "truncated_archive")


def test_headers_of_a_tar_are_not_held_whatever_their_size() -> None:
    data = tarred({"a" * 5000: ONE})
    assert len(articles(read_bytes("a", data))) == 1
    (reject,) = rejects(read_bytes("a", data, limits=Limits(header_bytes=1000)))
    assert "a header of 5" in reject.detail


def test_a_zip_with_more_members_than_may_be_held_is_one_reject() -> None:
    data = zip_of([(f"{n}.jsonl", ONE) for n in range(30)])
    (reject,) = rejects(read_bytes("a", data, limits=Limits(zip_directory_bytes=1500)))
    assert reject.reason == "too_large"
    assert "the cap is 1500" in reject.detail
    assert len(articles(read_bytes("a", data, limits=Limits(zip_directory_bytes=2000)))) == 30


def test_the_members_of_a_tar_beyond_the_cap_are_one_reject() -> None:
    data = tar_of([(f"{n}.jsonl", ONE) for n in range(30)])
    outcomes = read_bytes("a", data, limits=Limits(tar_members=20))
    assert len(articles(outcomes)) == 20
    (reject,) = rejects(outcomes)
    assert (reject.source_file, reject.reason) == ("a", "too_large")


def test_bombs_within_bombs_end_when_the_budget_of_the_file_does() -> None:
    limits = Limits(ratio_floor=1 << 20, total_floor=8 << 20)
    zeros = b"0" * (1 << 20)
    packed = gzip.compress(gzip.compress(gzip.compress(zeros * 200)))
    assert len(packed) < 1000
    assert reasons(read_bytes("a", packed, limits=limits)) == ["unsafe_archive"]
    leaf = zipped({f"{n}.txt": zeros for n in range(4)})
    tree = zipped({f"{n}.zip": zipped({f"{m}.zip": leaf for m in range(4)}) for n in range(4)})
    outcomes = read_bytes("a", tree, limits=limits)
    assert set(reasons(outcomes)) == {"unsafe_archive"}
    assert len(articles(outcomes)) < 8


def test_a_sparse_file_in_a_tar_ends_when_the_budget_of_the_file_does() -> None:
    """A kilobyte that says it stands for a terabyte of zeros."""
    info = tarfile.TarInfo("x.txt")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 0
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    size = b"\x80" + (1 << 40).to_bytes(11, "big")
    header[386:398], header[398:410], header[483:495] = size, b"00000000000\0", size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    data = bytes(header) + bytes(1024)
    assert reasons(read_bytes("a", data, limits=Limits(total_floor=8 << 20))) == ["unsafe_archive"]


MEASURED = """
import resource, sys, time
from collections import Counter
from transforms.logic.reading import load_shapes, plan_tasks, read_task
path, shapes = sys.argv[1], load_shapes()
opener = lambda name: open(name, "rb")
size = opener(path).seek(0, 2)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
tasks = plan_tasks(path, size, opener, shapes=shapes)
found = Counter(getattr(o, "reason", "article") for task in tasks for o in read_task(task, opener, shapes))
used = resource.getrusage(resource.RUSAGE_SELF)
print(sum(found.values()), found.most_common(1)[0][0], (used.ru_maxrss - before) // 1024, used.ru_utime)
"""


def measured(path: Path) -> tuple[int, str, int, float]:
    """Outcomes of a file, the commonest kind, MiB added to the peak, seconds of CPU: in its own process."""
    words = [sys.executable, "-c", MEASURED, str(path)]
    count, kind, mib, seconds = subprocess.check_output(words, cwd=ROOT, text=True).split()
    return int(count), kind, int(mib), float(seconds)


@pytest.mark.slow
def test_a_million_members_of_a_tar_take_little_memory_and_linear_time(tmp_path: Path) -> None:
    found = {}
    header = tarfile.TarInfo("0000000.txt")
    for count in (100_000, 1_000_000):
        path = tmp_path / f"{count}.tar"
        with path.open("wb") as file:
            for number in range(count):
                header.name = f"{number:07}.txt"
                file.write(header.tobuf(tarfile.USTAR_FORMAT))
            file.write(bytes(1024))
        found[count] = measured(path)
        path.unlink()
    few, many = found.values()
    assert (many[0], many[1]) == (1_000_000, "no_text")
    assert many[2] < 150
    assert many[3] < 15 * few[3]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_million_members_of_a_zip_are_refused_at_once_and_a_sixth_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for count, outcomes, kind in ((160_000, 160_000, "no_text"), (1_000_000, 1, "too_large")):
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(count):
                archive.writestr(f"{number:07}.txt", b"")
        found = measured(path)
        assert (found[0], found[1]) == (outcomes, kind)
        assert found[2] < 250
        assert found[3] < 120
