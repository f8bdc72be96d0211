"""zip and tar: members, what is beside them, what is dangerous, what is cut."""

import bz2
import gzip
import io
import tarfile
import zipfile

import pytest

from tests.logic.reading.reading_helpers import articles, jsonl, read_bytes, reasons, record, rejects
from transforms.logic.reading import Limits

FILES = {"one.jsonl": jsonl(record(1), record(2)), "deep/two.json": b"[" + jsonl(record(3)) + b"]"}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        tarred(FILES),
        gzip.compress(tarred(FILES)),
        bz2.compress(tarred(FILES)),
        gzip.compress(zipped(FILES)),
    ],
)
def test_every_member_is_read_under_its_name(data: bytes) -> None:
    found = read_bytes("a.bin", data)
    assert [(each.source_file, each.position) for each in found] == [
        ("a.bin!one.jsonl", 0),
        ("a.bin!one.jsonl", len(jsonl(record(1)))),
        ("a.bin!deep/two.json", 0),
    ]
    assert len(articles(found)) == 3


def test_members_may_be_packed_in_turn() -> None:
    inner = zipped({"x.jsonl.gz": gzip.compress(jsonl(record(1)))})
    outer = tarred({"in.zip": inner, "y.jsonl.gz": gzip.compress(jsonl(record(2)))})
    assert [each.source_file for each in articles(read_bytes("t.tar", outer))] == [
        "t.tar!in.zip!x.jsonl.gz",
        "t.tar!y.jsonl.gz",
    ]


def test_archives_in_archives_beyond_the_third_are_refused() -> None:
    data = jsonl(record(1))
    for _ in range(3):
        data = zipped({"in": data})
    assert len(articles(read_bytes("a.zip", data))) == 1
    (reject,) = rejects(read_bytes("a.zip", zipped({"in": data})))
    assert (reject.reason.value, reject.source_file) == ("unsafe_archive", "a.zip!in!in!in")


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize(
    "name", ["../up.jsonl", "/root.jsonl", "a/../../b.jsonl", "C:\\x.jsonl", "..\\x.jsonl"]
)
def test_names_that_lead_out_are_refused(pack: object, name: str) -> None:
    assert callable(pack)
    outcomes = read_bytes("a", pack({name: jsonl(record(1)), "good.jsonl": jsonl(record(2))}))
    assert reasons(outcomes) == ["unsafe_archive"]
    assert [each.record_id for each in articles(outcomes)] == ["n-2"]


def test_a_member_without_a_name_is_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open(zipfile.ZipInfo(""), "w") as member:
        member.write(jsonl(record(1)))
    assert [each.source_file for each in articles(read_bytes("a.zip", buffer.getvalue()))] == ["a.zip!"]


def test_a_bomb_in_a_zip_is_stopped_and_the_rest_is_read() -> None:
    data = zipped({"bomb.txt": b"0" * 30_000_000, "good.jsonl": jsonl(record(2))})
    outcomes = read_bytes("a.zip", data, limits=Limits(ratio_floor=1 << 20))
    assert reasons(outcomes) == ["unsafe_archive"]
    assert len(articles(outcomes)) == 1


def test_files_beside_the_dump_are_rejects_that_say_so() -> None:
    data = zipped(
        {
            "README.md": b"About",
            "__MACOSX/._one": b"\0\5",
            "one.jsonl": jsonl(record(1)),
            "a.pdf": b"%PDF-1.4",
        }
    )
    outcomes = read_bytes("a.zip", data)
    assert reasons(outcomes) == ["unknown_format"] * 3
    assert len(articles(outcomes)) == 1


def test_links_in_a_tar_are_no_articles() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("link.jsonl")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert reasons(read_bytes("a.tar", buffer.getvalue())) == ["not_an_article"]


def test_a_zip_without_its_directory_and_one_with_a_damaged_member() -> None:
    data = zipped(FILES)
    assert reasons(read_bytes("a.zip", data[:-40])) == ["truncated_archive"]
    damaged = bytearray(data)
    damaged[60] ^= 0xFF
    outcomes = read_bytes("a.zip", bytes(damaged))
    assert reasons(outcomes) == ["corrupt_archive"]
    assert "n-3" in [each.record_id for each in articles(outcomes)]


def test_an_encrypted_member_is_unreadable() -> None:
    data = bytearray(zipped({"x.jsonl": jsonl(record(1))}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert reasons(read_bytes("a.zip", bytes(data))) == ["unreadable_file"]


def test_an_office_document_is_one_reject() -> None:
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    (reject,) = rejects(read_bytes("a.docx", data))
    assert reject.reason.value == "unknown_format"


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_tar_is_one_reject_after_what_was_whole(packed: bool) -> None:
    many = {f"{n}.jsonl": jsonl(record(n, text=f"{n} words " * 500)) for n in range(40)}
    data = gzip.compress(tarred(many)) if packed else tarred(many)
    outcomes = read_bytes("a.tar", data[: len(data) * 2 // 3])
    assert reasons(outcomes) == ["truncated_archive"]
    assert 10 < len(articles(outcomes)) < 40
    assert outcomes[-1] in rejects(outcomes)
