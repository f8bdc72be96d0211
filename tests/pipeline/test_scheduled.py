"""Runs that machines watch: lines of JSON, figures for Prometheus, and the examples that use them."""

import ast
import io
import json
import re
import shlex
from configparser import ConfigParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.__main__ import main
from pipeline.cli import app
from pipeline.runlog import EVERY, RunLog

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "schedule"
SAMPLE_LINE = re.compile(r"^[a-z_]+(\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\})? -?[0-9.e+-]+$")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.jsonl"
    article = {
        "id": "a",
        "title": "Jets bomb post",
        "text": "Turkish jets bombed rebels near Idlib.",
        "published": "2023-03-04",
    }
    path.write_text(json.dumps(article) + "\nnot json\n", encoding="utf-8")
    return path


def test_a_run_is_told_in_json_and_figures(
    dump: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    metrics = tmp_path / "wiretally.prom"
    code = main(
        ["run", str(dump), "--store", str(tmp_path / "store"), "--log-json", "--metrics", str(metrics)]
    )
    out, err = capfd.readouterr()
    lines = [json.loads(line) for line in err.splitlines()]
    assert (code, out) == (0, "")
    assert [line["event"] for line in lines if line["event"] != "progress"] == ["started", "finished"]
    assert all(line["time"].endswith("+00:00") and line["level"] == "info" for line in lines)
    assert lines[-1]["reckoning"]["read"] == 2
    figures = metrics.read_text(encoding="utf-8").splitlines()
    assert "wiretally_run_success 1" in figures
    assert 'wiretally_run_records{end="read"} 2' in figures
    assert 'wiretally_run_rejects{reason="bad_syntax"} 1' in figures
    assert all(line.startswith("# ") or SAMPLE_LINE.match(line) for line in figures)


def test_a_run_that_fails_says_so_in_both(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    metrics = tmp_path / "wiretally.prom"
    missing = tmp_path / "missing.jsonl"
    words = ["run", str(missing), "--store", str(tmp_path / "store"), "--metrics", str(metrics)]
    assert main([*words, "--log-json"]) == 3
    last = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert (last["event"], last["level"]) == ("failed", "error")
    assert "missing.jsonl" in last["message"]
    figures = metrics.read_text(encoding="utf-8").splitlines()
    assert "wiretally_run_success 0" in figures
    assert "wiretally_run_exit_code 3" in figures
    assert main(words) == 3
    assert capfd.readouterr().err.startswith("error: ")


def test_a_metrics_file_nowhere_stops_before_anything_runs(dump: Path, tmp_path: Path) -> None:
    words = [
        "run",
        str(dump),
        "--store",
        str(tmp_path / "store"),
        "--metrics",
        str(tmp_path / "no" / "m.prom"),
    ]
    assert main(words) == 2
    assert not (tmp_path / "store").exists()


def test_progress_is_told_at_most_every_few_seconds() -> None:
    target = io.StringIO()
    times = iter([0.0, 1.0, EVERY, EVERY + 1, 2 * EVERY])
    log = RunLog(target, lambda: next(times))
    for records in (1, 2, 3, 4):
        log(SimpleNamespace(records=records, rejects=0, read=0))
    assert [json.loads(line)["records"] for line in target.getvalue().splitlines()] == [2, 4]


def commands() -> list[str]:
    lines = "\n".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.iterdir())).splitlines()
    return [line[line.index("wiretally run") :] for line in lines if "wiretally run" in line]


@pytest.mark.parametrize("line", commands())
def test_the_examples_call_options_that_exist(line: str) -> None:
    from typer.main import get_command

    words = shlex.split(line)[2:]
    get_command(app).commands["run"].make_context("run", words, obj={"beam_options": []})  # type: ignore[attr-defined]


def test_the_examples_are_well_formed() -> None:
    for name in ("wiretally.service", "wiretally.timer"):
        unit = ConfigParser(strict=True, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string((EXAMPLES / name).read_text(encoding="utf-8"))
        assert "Unit" in unit
    ast.parse((EXAMPLES / "airflow_dag.py").read_text(encoding="utf-8"))
    assert len(commands()) >= 3
