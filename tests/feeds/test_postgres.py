"""The feed against a real PostgreSQL, named by WIRETALLY_TEST_DSN."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import RunConfig
from pipeline.feeds.plan import FEEDS
from pipeline.run import run_dump
from pipeline.store import Store
from schemas import ConfigError, InputError
from tests.feeds.conftest import write_dump

pytestmark = pytest.mark.postgres
psycopg = pytest.importorskip("psycopg")


def rows(dsn: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn) as connection:
        return list(connection.execute(query).fetchall())


def sync(store: Path, dsn: str, schema: str) -> Any:
    from pipeline.feeds.postgres import sync_store

    return sync_store(Store.open(str(store)), dsn, schema)


def test_the_feed_holds_what_the_store_holds(dump_store: Path, dsn: str, schema: str) -> None:
    report = sync(dump_store, dsn, schema)
    counts = Store.open(str(dump_store)).counts()
    assert report.rows == {table: counts[table] for table in FEEDS if counts[table]}
    for table in FEEDS:
        assert rows(dsn, f"SELECT count(*) FROM {schema}.{table}") == [(counts[table],)]
    with Store.open(str(dump_store)).connect() as source:
        query = "SELECT actor_id, period, sum(stories), min(first_seen) FROM {} GROUP BY 1, 2 ORDER BY 1, 2"
        assert (
            rows(dsn, query.format(f"{schema}.activity"))
            == source.execute(query.format("activity")).fetchall()
        )


def test_syncing_again_sends_nothing(dump_store: Path, dsn: str, schema: str) -> None:
    sync(dump_store, dsn, schema)
    before = rows(dsn, f"SELECT xmin::text, ctid::text FROM {schema}.activity ORDER BY 2")
    assert sync(dump_store, dsn, schema).rows == {}
    assert rows(dsn, f"SELECT xmin::text, ctid::text FROM {schema}.activity ORDER BY 2") == before


def test_a_later_run_touches_only_its_own_months(
    dump_store: Path, dsn: str, schema: str, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(dump_store, store)
    sync(store, dsn, schema)
    march = f"SELECT xmin::text FROM {schema}.events WHERE month = '2023-03'"
    before = rows(dsn, march)
    run_dump(RunConfig.of(inputs=[str(write_dump(tmp_path, "three.jsonl", 4, 5))], store=str(store)))
    sent = sync(store, dsn, schema).rows
    assert rows(dsn, march) == before
    assert sent["activity"] > 0
    counts = Store.open(str(store)).counts()
    assert rows(dsn, f"SELECT count(*) FROM {schema}.events") == [(counts["events"],)]


def test_a_killed_sync_leaves_the_feed_as_it_was_and_the_next_completes(
    dump_store: Path, dsn: str, schema: str
) -> None:
    sync(dump_store, dsn, schema)
    with psycopg.connect(dsn) as connection:
        connection.execute(f"DELETE FROM {schema}.feed_parts")
    with psycopg.connect(dsn) as blocker:
        blocker.execute(f"LOCK TABLE {schema}.dyads IN ACCESS SHARE MODE")
        blocker.execute(f"SELECT * FROM {schema}.feed_parts")
        blocker.execute(f"LOCK TABLE {schema}.runs IN SHARE MODE")
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "pipeline",
                "sync",
                "postgres",
                dsn,
                "--store",
                str(dump_store),
                "--schema",
                schema,
            ],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
        _wait_until_blocked(dsn)
        process.send_signal(signal.SIGKILL)
        process.wait()
    counts = Store.open(str(dump_store)).counts()
    assert rows(dsn, f"SELECT count(*) FROM {schema}.events") == [(counts["events"],)]
    assert rows(dsn, f"SELECT count(*) FROM {schema}.feed_parts") == [(0,)]
    assert sync(dump_store, dsn, schema).rows["events"] == counts["events"]
    assert rows(dsn, f"SELECT count(*) FROM {schema}.events") == [(counts["events"],)]


def _wait_until_blocked(dsn: str) -> None:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    for _ in range(300):
        if rows(dsn, query) != [(0,)]:
            return
        time.sleep(0.1)
    raise AssertionError("the sync never came to the locked table")


def test_least_privileges_are_enough_and_none_is_refused(dump_store: Path, dsn: str, schema: str) -> None:
    writer, stranger = f"{schema}_writer", f"{schema}_stranger"
    with psycopg.connect(dsn, autocommit=True) as admin:
        for role in (writer, stranger):
            admin.execute(f"CREATE ROLE {role} LOGIN")
        admin.execute(f"CREATE SCHEMA {schema} AUTHORIZATION {writer}")
    try:
        as_writer = psycopg.conninfo.make_conninfo(dsn, user=writer)
        assert sync(dump_store, as_writer, schema).rows["activity"] > 0
        with pytest.raises(ConfigError, match=r"docs/dashboards\.md"):
            sync(dump_store, psycopg.conninfo.make_conninfo(dsn, user=stranger), schema)
    finally:
        with psycopg.connect(dsn, autocommit=True) as admin:
            admin.execute(f"DROP SCHEMA {schema} CASCADE")
            for role in (writer, stranger):
                admin.execute(f"DROP ROLE {role}")


def test_a_table_that_lacks_a_column_is_renewed(dump_store: Path, dsn: str, schema: str) -> None:
    sync(dump_store, dsn, schema)
    with psycopg.connect(dsn) as connection:
        connection.execute(f"ALTER TABLE {schema}.events DROP COLUMN evidence")
    sync(dump_store, dsn, schema)
    assert rows(dsn, f"SELECT count(*) FROM {schema}.events WHERE evidence IS NULL") == [(0,)]


def test_a_feed_of_a_newer_version_is_left_alone(dump_store: Path, dsn: str, schema: str) -> None:
    sync(dump_store, dsn, schema)
    with psycopg.connect(dsn) as connection:
        connection.execute(f"UPDATE {schema}.feed_version SET version = 99")
    with pytest.raises(ConfigError, match="newer wiretally"):
        sync(dump_store, dsn, schema)


def test_no_server_and_no_dsn_are_told_apart(dump_store: Path, schema: str) -> None:
    with pytest.raises(InputError, match=r"no PostgreSQL at 127\.0\.0\.1"):
        sync(dump_store, "postgresql://nobody:secret@127.0.0.1:9/none", schema)
    with pytest.raises(ConfigError, match="no PostgreSQL connection string"):
        sync(dump_store, "nonsense", schema)
