"""The benchmarks run, and measure the same made news each time."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import plain, scaling, whole
from benchmarks.__main__ import main
from benchmarks.common import Dump, Tools
from benchmarks.made import make_dump
from benchmarks.mixed import SHAPES, archive, write_archive, write_file, write_files

pytestmark = pytest.mark.slow


def test_every_stage_is_measured(
    tmp_path: Path, sample_dump: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wire = sample_dump / "meridian_wire.jsonl"
    main([str(wire), "--made", "20", "--originals", "60", "--json", str(tmp_path / "deep" / "bench.json")])
    document = json.loads((tmp_path / "deep" / "bench.json").read_text(encoding="utf-8"))
    assert {(figure["stage"], figure["dump"]) for figure in document["stages"]} == {
        (stage, dump)
        for stage in ("read", "normalise", "fingerprint", "code", "plain loop over all stages")
        for dump in ("sample", "20 made of its paragraphs", wire.name)
    }
    assert [run["figure"]["articles"] for run in document["runs"]] == [72, 72, 20, 20, 22, 22]
    assert "| whole run | articles |" in capsys.readouterr().out


def test_made_news_is_the_same_each_time(tmp_path: Path, sample_dump: Path) -> None:
    texts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        dump = make_dump(Dump("sample", sample_dump), 30, tmp_path / name)
        texts.append(gzip.decompress(dump.path.read_bytes()))
    assert texts[0] == texts[1]
    assert texts[0].count(b"\n") == 30


def test_beam_and_store_cost_less_than_the_work_itself(tmp_path: Path) -> None:
    """A gate on ratios of one machine in one go: some 1.3 when it was set, without the time of starting."""
    some, none = write_file("even", 3_000, tmp_path), write_file("even", 1, tmp_path)
    beyond_start = whole.measure(some).figure.seconds - whole.measure(none).figure.seconds
    assert beyond_start < 2 * plain.measure(some, Tools()).seconds


def test_skewed_dumps_have_their_shape(tmp_path: Path) -> None:
    texts = {name: [record["text"] for record in records(20)] for name, records in SHAPES.items()}
    assert len(set(texts["copies of one article"])) == 1
    assert len(set(texts["even"])) == len(texts["even"]) == 20
    (long,) = texts["one long article"]
    assert len(long) > sum(map(len, texts["even"]))
    wars = [text for text in texts["one actor in all wars"] if " forces shelled " in text]
    assert wars
    assert all("Syrian forces shelled" in text for text in wars)
    assert len(list(write_files(3, tmp_path).path.iterdir())) == 3


def test_an_archive_is_of_two_years_and_has_copies(tmp_path: Path) -> None:
    records = list(archive(300, short=True))
    assert len({record["id"] for record in records}) == 300
    assert {record["published"][:4] for record in records} <= {"2024", "2025", "2026"}
    texts = {record["text"] for record in records}
    copies = [text for text in texts if text.rpartition("\n\n")[0] in texts]
    assert 10 < len(copies) < 60
    languages = [article.language for article in write_archive(50, tmp_path, short=True).articles]
    assert languages.count("en") > 40


def test_runs_of_even_and_skewed_dumps_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["3", "--skewed", "2", "--archive", "4", "--short", "--json", str(tmp_path / "scaling.json")]
    scaling.main(words)
    runs = json.loads((tmp_path / "scaling.json").read_text(encoding="utf-8"))
    assert [run["figure"]["articles"] for run in runs] == [3, 2, 2, 2, 1, 2, 4]
    assert capsys.readouterr().out.count("\n") == 2 + len(runs)
