"""ReadDump: everything named is read once, on Beam as without it."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import apache_beam as beam
import pytest
from apache_beam.io.filesystem import CompressionTypes, FileMetadata, FileSystem
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.combiners import ToList

from schemas import ConfigError, InputError, RawArticle, Reject
from tests.logic.reading.reading_helpers import SHAPES, jsonl, record
from transforms.logic.reading import Limits, plan_tasks, read_task
from transforms.read import BATCH_RECORDS, ReadDump, expand_inputs, open_raw


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("[core]")
    (tmp_path / "deep" / "b.jsonl").write_bytes(jsonl(*(record(n) for n in range(1100)), {"title": 5}))
    (tmp_path / "deep" / "er" / "a.jsonl.gz").write_bytes(gzip.compress(jsonl(record(1)))[:-4])
    (tmp_path / "deep" / "c[1].txt").write_text("Ferries leave\n\nThe port was left.\n")
    (tmp_path / "README.md").write_text("About this dump")
    return tmp_path


def _key(outcome: RawArticle | Reject) -> tuple[str, int, str]:
    return outcome.source_file, outcome.position, type(outcome).__name__


def _run(read: ReadDump) -> tuple[list[int], list[Any]]:
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        records = pipeline | read
        sizes = records.articles | beam.Map(len) | "Sizes" >> ToList()
        flat = records.articles | beam.FlatMap(lambda batch: batch)
        keys = (flat, records.rejects) | beam.Flatten() | beam.Map(_key) | "Keys" >> ToList()
        _Seen.sizes, _Seen.keys = [], []
        sizes | "KeepSizes" >> beam.Map(_Seen.keep_sizes)
        keys | "KeepKeys" >> beam.Map(_Seen.keep_keys)
    return _Seen.sizes, sorted(_Seen.keys)


class _Seen:
    """What a run in this process saw."""

    sizes: list[int]
    keys: list[Any]

    @staticmethod
    def keep_sizes(sizes: list[int]) -> None:
        _Seen.sizes = sizes

    @staticmethod
    def keep_keys(keys: list[Any]) -> None:
        _Seen.keys = keys


@pytest.mark.parametrize("range_bytes", [1 << 25, 50_000])
def test_beam_reads_what_a_loop_reads(dump: Path, range_bytes: int) -> None:
    expected = [
        _key(outcome)
        for path, size in expand_inputs([str(dump)])
        for task in plan_tasks(path, size, open_raw, shapes=SHAPES)
        for outcome in read_task(task, open_raw, SHAPES)
    ]
    sizes, keys = _run(ReadDump((str(dump),), range_bytes=range_bytes))
    assert keys == sorted(expected)
    assert len(keys) == 1101 + 1 + 1 + 1 + 1
    assert max(sizes) <= BATCH_RECORDS
    assert sum(sizes) == 1102


def test_a_relative_name_is_read_where_the_launcher_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "launcher").mkdir()
    (tmp_path / "launcher" / "a.jsonl").write_bytes(jsonl(record(1)))
    monkeypatch.chdir(tmp_path / "launcher")
    pipeline = beam.Pipeline(runner="FnApiRunner")
    read = pipeline | ReadDump(("a.jsonl",))
    read.articles | beam.Map(lambda batch: _Seen.keep_keys([raw.source_file for raw in batch]))
    monkeypatch.chdir(tmp_path)
    pipeline.run()
    assert _Seen.keys == ["a.jsonl"]


def test_long_texts_make_smaller_batches(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(*(record(n, text="x" * 1_500_000) for n in range(7))))
    assert sorted(_run(ReadDump((str(tmp_path),)))[0]) == [1, 3, 3]


def test_limits_reach_the_workers(dump: Path) -> None:
    _, keys = _run(ReadDump((f"{dump}/deep/*.jsonl",), limits=Limits(record_bytes=200)))
    assert {kind for _, _, kind in keys} == {"Reject"}


def test_folders_globs_and_files_once_and_sorted(dump: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = expand_inputs([f"{dump}/deep/*", str(dump), str(dump / "deep" / "c[1].txt")])
    assert [path for path, _ in found] == sorted(
        str(dump / name) for name in ("README.md", "deep/b.jsonl", "deep/c[1].txt", "deep/er/a.jsonl.gz")
    )
    assert dict(found)[str(dump / "README.md")] == 15
    assert ".git" in caplog.text
    assert expand_inputs([f"{dump}/**/*.gz"]) == [found[-1]]
    assert expand_inputs([str(dump / ".git")])[0][0].endswith("config")


class _Shelf(FileSystem):
    """A file system of the scheme `shelf`, in memory."""

    files: ClassVar[dict[str, bytes]] = {}

    @classmethod
    def scheme(cls) -> str:
        return "shelf"

    def join(self, basepath: str, *paths: str) -> str:
        return "/".join([basepath.rstrip("/"), *paths])

    def split(self, path: str) -> tuple[str, str]:
        head, _, tail = path.rpartition("/")
        return head, tail

    def has_dirs(self) -> bool:
        return False

    def _list(self, dir_or_prefix: str) -> Iterator[FileMetadata]:
        for path, data in self.files.items():
            if path.startswith(dir_or_prefix):
                yield FileMetadata(path, len(data))

    def open(self, path: str, mime_type: str = "", compression_type: str = "") -> io.BytesIO:
        assert compression_type == CompressionTypes.UNCOMPRESSED
        return io.BytesIO(self.files[path])

    def exists(self, path: str) -> bool:
        return path in self.files

    def size(self, path: str) -> int:
        return len(self.files[path])

    def metadata(self, path: str) -> FileMetadata:
        return FileMetadata(path, len(self.files[path]))

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError

    mkdirs = create = copy = rename = last_updated = checksum = delete = _refuse


def test_uris_go_through_beam(dump: Path) -> None:
    assert [path for path, _ in expand_inputs([f"file://{dump}/deep/*.jsonl"])] == [f"{dump}/deep/b.jsonl"]
    _Shelf.files = {
        "shelf://box/day/a.jsonl": jsonl(record(1)),
        "shelf://box/day/b.jsonl.gz": gzip.compress(jsonl(record(2))),
        "shelf://box/c.jsonl": b"",
        "shelf://box/day/": b"",
    }
    assert [path for path, _ in expand_inputs(["shelf://box/day"])] == sorted(_Shelf.files)[2:]
    assert [path for path, _ in expand_inputs(["shelf://box/*/*.gz"])] == ["shelf://box/day/b.jsonl.gz"]
    _, keys = _run(ReadDump(("shelf://box/day/*",)))
    assert [(path, kind) for path, _, kind in keys] == [
        ("shelf://box/day/a.jsonl", "RawArticle"),
        ("shelf://box/day/b.jsonl.gz", "RawArticle"),
    ]


def test_an_object_store_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.read.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"s3://box/a.jsonl: .*install wiretally\[s3\]"):
        expand_inputs(["s3://box/a.jsonl"])


@pytest.mark.parametrize("pattern", ["nothing.jsonl", "*.none", "empty", "nosuch://bucket/a"])
def test_a_pattern_that_names_nothing_stops_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=pattern.replace("*", r"\*")):
        beam.Pipeline(runner=FnApiRunner()) | ReadDump((pattern,))


def test_wrong_formats_and_mappings_stop_before_anything_runs(dump: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nonsense"):
        beam.Pipeline(runner=FnApiRunner()) | ReadDump((str(dump),), format="nonsense")
    with pytest.raises(ConfigError, match="cannot be read"):
        beam.Pipeline(runner=FnApiRunner()) | ReadDump((str(dump),), mapping=tmp_path / "no.toml")


def test_a_mapping_reaches_the_workers(tmp_path: Path) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text("[own]\nneeds = ['was']\n[own.fields]\nbody = 'was'\n")
    (tmp_path / "a.jsonl").write_bytes(jsonl({"was": "The port was left."}))
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        records = pipeline | ReadDump((str(tmp_path / "a.jsonl"),), mapping=mapping)
        assert_that(
            records.articles | beam.FlatMap(lambda batch: [each.body for each in batch]),
            equal_to(["The port was left."]),
        )
