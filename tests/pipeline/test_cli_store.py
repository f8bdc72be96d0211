"""status, sql and export over a real store."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.__main__ import main
from schemas.tables import ActivityRow
from tests.pipeline.cli_store import activity_row, event_row, make_store, reject_row


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_store(
        tmp_path_factory.mktemp("cli") / "store",
        {
            "events": [event_row(), event_row(article_id="a2", evidence="=cmd()")],
            "activity": [activity_row("quds-force"), activity_row(), activity_row(period_start=None)],
            "rejects": [reject_row()],
        },
    )


def test_status_shows_runs_tables_and_rejects(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--store", store]) == 0
    shown = capsys.readouterr().out
    assert "20241207T000000-cafe" in shown
    assert "0 articles, 0 stories, 2 events, 1 reject, 1 run" in shown
    assert any(line.split() == ["events", "2", "1"] for line in shown.splitlines())
    assert any(line.split() == ["no_text", "1", "1", "dump.jsonl"] for line in shown.splitlines())


def test_status_of_no_store_is_an_input_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--store", str(tmp_path / "none")]) == 3
    assert capsys.readouterr().err.startswith("error: ")


def test_sql_draws_a_table(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "select actor_id, stories from activity order by all", "--store", store]) == 0
    shown = capsys.readouterr()
    assert [line.split() for line in shown.out.splitlines() if "quds" in line] == [["quds-force", "1"]]
    assert shown.err == "3 rows\n"


def test_sql_as_json_lines(store: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    query = (
        "select raw, null as n, 1.5 as d, [1, 2] as l, timestamptz '2024-01-01 00:00:00Z' as t from rejects"
    )
    assert main(["sql", query, "--store", store, "--format", "jsonl"]) == 0
    assert json.loads(capfdbinary.readouterr().out) == {
        "raw": "00ff7b",
        "n": None,
        "d": 1.5,
        "l": [1, 2],
        "t": "2024-01-01T00:00:00Z",
    }


def test_sql_reads_its_query_from_stdin(
    store: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("select 1 as one"))
    assert main(["sql", "-", "--store", store, "--format", "csv"]) == 0
    assert capfdbinary.readouterr().out == b"one\n1\n"


@pytest.mark.parametrize(
    "query", ["selekt 1", "select * from nowhere", "select cast(actor_id as int) from events"]
)
def test_a_wrong_query_is_one_line(store: str, query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", query, "--store", store]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("error: the query does not run: ")
    assert shown.count("\n") == 1


def test_activity_begins_with_the_agreed_columns(
    store: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "activity", "--store", store]) == 0
    rows = list(csv.reader(io.StringIO(capfdbinary.readouterr().out.decode())))
    assert rows[0] == [
        "period_start",
        "period",
        "actor_id",
        "actor_who",
        "actor_side",
        "event_type",
        "subtype",
        "role",
        "modality",
        "stories",
        "articles",
        "outlets",
        "mentions",
        "first_seen",
        "last_seen",
        "run_id",
        "lexicon_version",
    ]
    assert rows[0] == list(ActivityRow.model_fields)
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("2024-12-06", "irn-state"),
        ("2024-12-06", "quds-force"),
        ("", "irn-state"),
    ]
    assert rows[1][13] == "2024-12-06T12:00:00Z"


def test_no_cell_of_a_csv_is_a_formula(store: str, tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    assert main(["export", "events", "--store", store, "-o", str(target)]) == 0
    with target.open(newline="") as file:
        assert sorted(row["evidence"] for row in csv.DictReader(file))[0] == "'=cmd()"


def test_json_lines_and_parquet_keep_texts_as_they_are(store: str, tmp_path: Path) -> None:
    for name in ("events.jsonl", "events.parquet"):
        assert main(["export", "events", "--store", store, "-o", str(tmp_path / name)]) == 0
    lines = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    table = pq.read_table(tmp_path / "events.parquet")
    assert [line["evidence"] for line in lines] == table["evidence"].to_pylist()
    assert "=cmd()" in table["evidence"].to_pylist()
    assert list(lines[0]) == table.column_names


def test_an_export_replaces_a_file_or_leaves_it(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "activity.csv"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fail)
        assert main(["export", "activity", "--store", store, "-o", str(target)]) == 1
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["activity.csv"]
    assert main(["export", "activity", "--store", store, "-o", str(target)]) == 0
    assert target.read_text().startswith("period_start,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "nothing"], "there is no table nothing; the tables are articles, "),
        (["export", "events", "--format", "parquet"], "Parquet is no text; name a file with -o FILE"),
        (["export", "events", "-o", "/nowhere/at/all.csv"], "there is no folder /nowhere/at"),
        (["export", "events", "-o", "events.xls"], "events.xls does not say its format; add --format"),
        (["export", "events", "--format", "xls"], "Invalid value for '--format'"),
    ],
)
def test_wrong_exports_say_what_to_change(
    store: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--store", store]) == 2
    assert said in capsys.readouterr().err


def test_two_exports_are_equal_to_the_byte(store: str, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv", "one.parquet", "two.parquet"):
        assert main(["export", "events", "--store", store, "-o", str(tmp_path / name)]) == 0
    for suffix in ("csv", "parquet"):
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()
