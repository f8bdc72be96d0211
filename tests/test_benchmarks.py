"""The benchmarks run, and measure the same made news each time."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.common import Dump
from benchmarks.made import make_dump

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
    assert [run["figure"]["articles"] for run in document["runs"]] == [72, 20, 22]
    assert "| whole run | articles |" in capsys.readouterr().out


def test_made_news_is_the_same_each_time(tmp_path: Path, sample_dump: Path) -> None:
    texts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        dump = make_dump(Dump("sample", sample_dump), 30, tmp_path / name)
        texts.append(gzip.decompress(dump.path.read_bytes()))
    assert texts[0] == texts[1]
    assert texts[0].count(b"\n") == 30
