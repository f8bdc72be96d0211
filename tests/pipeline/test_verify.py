"""Stores broken in each way, and the breach that is named."""

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.store.commit import commit_run, open_run
from pipeline.store.rewriting import Rewrite
from tests.conftest import ROOT
from tests.pipeline.run_helpers import FirstRun
from tests.pipeline.store_helpers import a_run_row

BREACHES = [
    ("articles", "DELETE FROM t WHERE relation = 'lead' AND outlet = 'example.com'", "has one lead"),
    ("articles", "DELETE FROM t WHERE relation = 'exact'", "stories count their articles"),
    ("articles", "DELETE FROM t WHERE relation = 'exact'", "runs account for every article"),
    ("articles", "DELETE FROM t", "events are of articles that are there"),
    ("articles", "INSERT INTO t FROM t", "articles: {article}: 2 rows (keys are unique)"),
    ("articles", "UPDATE t SET story_id = repeat('0', 32)", "every article is in a story"),
    ("articles", "UPDATE t SET relation = 'lead'", "has one lead"),
    ("articles", "UPDATE t SET relation = 'lead'", "leads none"),
    ("articles", "UPDATE t SET duplicate_of = NULL", "copies name an article of their story"),
    ("articles", "UPDATE t SET published = published - INTERVAL 1 YEAR WHERE relation = 'exact'", "earliest"),
    ("articles", "UPDATE t SET published = published + INTERVAL 9 MONTH", "in the month they belong to"),
    ("articles", "UPDATE t SET outlet = 'x'", "events say of their article what it says"),
    ("articles", "UPDATE t SET run_id = 'nobody'", "articles: nobody: 11 rows (rows are of committed runs)"),
    ("articles", "UPDATE t SET text_key = '\\x00'::BLOB", "is of no article"),
    ("stories", "DELETE FROM t", "every article is in a story"),
    ("stories", "UPDATE t SET articles = 9", "articles 9 instead of 1"),
    ("stories", "UPDATE t SET outlets = 0", "outlets 0 instead of 1"),
    ("stories", "UPDATE t SET latest_article_id = 'x'", "latest_article_id x instead of"),
    ("stories", "UPDATE t SET first_seen = NULL", "first_seen null instead of"),
    ("stories", "UPDATE t SET story_id = repeat('0', 32)", "0 leads"),
    ("events", "UPDATE t SET story_id = repeat('0', 32)", "events say of their article"),
    ("events", "UPDATE t SET evidence = 'x'", "evidence is as long as its place"),
    ("events", "UPDATE t SET day = day + 40", "rows are in the month they belong to"),
    ("events", "UPDATE t SET mentions = 7", "counts are what a recount gives"),
    ("events", "DELETE FROM t", "activity: day 2024-12-06 IRN:state"),
    ("dyad_events", "DELETE FROM t", "dyads: day "),
    ("activity", "DELETE FROM t WHERE period = 'week'", "stories null instead of 1"),
    ("activity", "UPDATE t SET outlets = 9 WHERE period = 'month'", "outlets 9 instead of"),
    ("activity", "UPDATE t SET last_seen = NULL", "last_seen null instead of"),
    ("dyads", "UPDATE t SET stories = 5", "stories 5 instead of 1"),
    ("postings", "DELETE FROM t WHERE kind = 'id'", "this id is missing"),
    ("postings", "DELETE FROM t WHERE kind = 'bucket'", "this text is missing"),
    ("postings", "UPDATE t SET kind = 'ic'", "blocks are in their shard"),
    ("rejects", "UPDATE t SET position = position + 1", "rejects are named by what they are"),
]


@pytest.fixture
def store(first: FirstRun, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first.store, tmp_path / "store"))


def spoil(store: Path, table: str, statement: str) -> None:
    """Change the rows of a table, all of them within their files, and commit that as if it were right."""

    def changed(rows: pa.Table) -> pa.Table:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.register("rows", rows)
            connection.execute("CREATE TABLE t AS FROM rows")
            connection.execute(statement)
            after: pa.Table = connection.sql("FROM t").to_arrow_table()
            return after

    with open_run(str(store), "spoilt") as run:
        rewrite = Rewrite(run)
        rewrite.change(table, changed)
        commit_run(run, rewrite.files, a_run_row("spoilt"), rewrite.replaced)


def test_a_store_as_a_run_left_it_keeps_every_law(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--store", str(store)]) == 0
    assert "every law" in capsys.readouterr().out


@pytest.mark.parametrize(("table", "statement", "named"), BREACHES)
def test_each_breach_is_named(
    table: str, statement: str, named: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT min(article_id) FROM articles"
    with Store.open(str(store)).connect() as connection:
        (article,) = connection.execute(query).fetchone() or ("",)
    spoil(store, table, statement)
    assert main(["verify", "--store", str(store)]) == 1
    shown = capsys.readouterr()
    assert named.format(article=article) in shown.out
    assert "breach" in shown.err


def test_damaged_files_are_breaches(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(Store.open(str(store)).files("events")[0])
    path.write_bytes(b"PAR1")
    assert main(["verify", "--store", str(store)]) == 1
    assert f"events: {path}: is damaged" in capsys.readouterr().out


def test_counts_under_another_lexicon_are_not_called_wrong(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lexicon = tmp_path / "lexicon"
    lexicon.mkdir()
    header = (ROOT / "seeds" / "lexicon" / "actors.tsv").read_text(encoding="utf-8").splitlines()[0]
    (lexicon / "actors.tsv").write_text(header + "\n", encoding="utf-8")
    assert main(["verify", "--store", str(store), "--lexicon", str(lexicon)]) == 0
    assert "were not recounted; name it with --lexicon" in capsys.readouterr().err


def test_runs_that_lose_records_are_named(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_run(str(store), "leaky") as run:
        commit_run(run, {}, a_run_row("leaky").model_copy(update={"records_read": 99}))
    assert main(["verify", "--store", str(store)]) == 1
    assert "runs: leaky: 99 read (runs account for every record)" in capsys.readouterr().out
