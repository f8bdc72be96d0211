"""What `inspect_file` finds out."""

import gzip
import io

from tests.logic.reading.reading_helpers import SHAPES, jsonl, record
from tests.logic.reading.test_reading_archives import zipped
from transforms.logic.reading import FileReport, inspect_file


def inspect(name: str, data: bytes, **options: int) -> FileReport:
    return inspect_file(name, lambda _: io.BytesIO(data), SHAPES, size=len(data), **options)  # type: ignore[arg-type]


def test_a_file_of_lines() -> None:
    records = [record(n) for n in range(5)] + [record(5, title=5), record(6, text="", title="")]
    report = inspect("a.jsonl.gz", gzip.compress(jsonl(*records)))
    assert (report.packing, report.container, report.shape) == (("gzip",), "jsonl", "canonical")
    assert report.mapping["body"] == ("text",)
    assert "byline" not in report.mapping
    assert (report.records, report.articles, report.complete) == (7, 5, True)
    assert report.rejects == {"no_text": 1, "wrong_type": 1}
    assert {reject.reason.value for reject in report.rejected} == {"no_text", "wrong_type"}
    assert [sample.record_id for sample in report.samples] == ["n-0", "n-1", "n-2"]
    assert report.encodings == {"utf-8": 5}


def test_only_the_first_records_are_looked_at() -> None:
    report = inspect("a.jsonl", jsonl(*(record(n) for n in range(30))), records=10)
    assert (report.records, report.complete) == (10, False)


def test_an_archive_of_several() -> None:
    report = inspect(
        "a.zip", zipped({"a.jsonl": jsonl(record(1)), "b.txt": b"Some words.\n", "c.pdf": b"%PDF"})
    )
    assert (report.packing, report.files) == (("zip",), 2)
    assert report.formats == {"jsonl:canonical": 1, "text": 1, "unknown": 1}


def test_an_unknown_file() -> None:
    report = inspect("a.jsonl", jsonl({"colour": "red"}))
    assert (report.container, report.shape, report.articles) == ("jsonl", None, 0)
    assert "colour" in report.rejected[0].detail
