"""Articles of a store coded again under another lexicon, from the texts that the store keeps."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from pipeline.store.commit import OpenRun, commit_run, open_run
from pipeline.store.rewriting import Rewrite
from pipeline.store.store import Store
from schemas import Article, ConfigError, Fingerprint, Placement, PreparedArticle
from schemas.lexicon import Lexicon
from schemas.tables import RECODING, RunRow
from transforms.files import Place, parquet_file
from transforms.logic.coding import Coder
from transforms.logic.counting import count_activity, count_dyads, dyad_rows, event_rows
from transforms.logic.preparing import head_of
from transforms.logic.recounting import lineage_of, months_to_read, touched_months
from transforms.logic.tables import TABLES

_ROWS_AT_ONCE = 500
_NO_MARKS = Fingerprint(keys=b"", sketch=b"", shingles=0, numbers=b"")
_COUNTS = (("events", "activity", count_activity), ("dyad_events", "dyads", count_dyads))


def recode(uri: str, run_id: str, lexicon: Lexicon) -> tuple[int, int]:
    """Code every article of a store anew and count all again, in one commit with a row in `runs`.

    Articles, stories and the index stay, but for what coding says of an article. Older versions keep the
    events of the older lexicon until `maintain` clears them.

    Returns:
        How many articles were coded, and how many rows `events` has now.

    Raises:
        ConfigError: an article has no text, since it was read without `--keep-text`; nothing was changed.
        InputError: there is no store.
        StoreBusyError: a run is at work.
    """
    Store.open(uri)
    with open_run(uri, run_id) as run:
        _check_texts(run.seen)
        rewrite = Rewrite(run)
        _code(rewrite, Coder(lexicon), lexicon)
        for source, target, count in _COUNTS:
            _count(rewrite, source, target, count, lexicon)
        events = sum(file.rows for file in rewrite.files.get("events", ()))
        articles = run.seen.counts()["articles"]
        commit_run(run, rewrite.files, _row(run, articles, events, lexicon), rewrite.replaced)
        return articles, events


def _check_texts(store: Store) -> None:
    with store.connect() as connection:
        query = "SELECT count(*), count(*) FILTER (text IS NULL) FROM articles"
        found = connection.execute(query).fetchone()
    assert found is not None
    articles, without = found
    if without:
        raise ConfigError(
            f"{store.folder} has no text of {without:,} of its {articles:,} articles, so they cannot be "
            "coded again; read their dumps with --keep-text into a new store"
        )


def _code(rewrite: Rewrite, coder: Coder, lexicon: Lexicon) -> None:
    """Write the events of every article, file by file, and what coding says of each."""
    stamp = rewrite.run.run_id, lexicon.version
    for source, _, _ in _COUNTS:
        rewrite.drop(source, {str(file.partition) for file in rewrite.run.seen.data_files(source)})
    for file in rewrite.run.seen.data_files("articles"):
        rows: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
        statuses: list[str] = []
        for article, place in _coded(rewrite.run.folder / "articles" / file.path, coder):
            statuses.append(article.coding.status)
            for event in event_rows(article, place, *stamp):
                rows["events", event.month].append(event)
            for dyad in dyad_rows(article, place, *stamp):
                rows["dyad_events", dyad.month].append(dyad)
        for (name, month), some in sorted(rows.items()):
            spec = TABLES[name]
            rewrite.write(name, month, spec.sort(spec.to_arrow(some)), file.path)
        rewrite.change_file("articles", file, partial(_with_statuses, statuses=statuses))


def _coded(path: Place, coder: Coder) -> Iterator[tuple[PreparedArticle, Placement]]:
    """The articles of a file in its order, with their places."""
    with parquet_file(path) as file:
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                article = _article(row)
                coding = coder.code(article)
                coded = PreparedArticle(head=head_of(article), fingerprint=_NO_MARKS, coding=coding)
                yield coded, Placement(**{name: row[name] for name in Placement.model_fields})


def _article(row: dict[str, Any]) -> Article:
    text = row["text"]
    body = text.removeprefix(f"{row['title']}\n\n") if row["title"] else text
    return Article(**{name: row[name] for name in Article.model_fields if name != "body"}, body=body)


def _with_statuses(table: pa.Table, statuses: list[str]) -> pa.Table:
    if table["coding_status"].to_pylist() == statuses:
        return table
    at = table.schema.get_field_index("coding_status")
    return table.set_column(at, table.schema.field(at), [statuses])


def _count(rewrite: Rewrite, source: str, target: str, count: Any, lexicon: Lexicon) -> None:
    """Count the new events month by month; every month that has counts is replaced."""
    run, spec = rewrite.run, TABLES[target]
    rewrite.drop(target, {str(file.partition) for file in run.seen.data_files(target)})
    files = rewrite.files.get(source, [])
    days = {day for file in files for day in _days(run.folder / source / file.path)}
    for month in sorted({month for day in days for month in touched_months(day)}):
        near = months_to_read([month])
        rows = _read(run, source, (file for file in files if file.partition in near))
        counted = count(rows, lineage_of(lexicon), run.run_id, lexicon.version)
        rewrite.add(target, [row for row in counted if spec.partition(row) == month])


def _days(path: Place) -> set[Any]:
    with parquet_file(path) as file:
        return set(file.read(["day"])["day"].to_pylist())


def _read(run: OpenRun, source: str, files: Iterable[Any]) -> list[Any]:
    rows: list[Any] = []
    for one in files:
        with parquet_file(run.folder / source / one.path) as file:
            rows += TABLES[source].from_arrow(file.read(), one.partition)
    return rows


def _row(run: OpenRun, articles: int, events: int, lexicon: Lexicon) -> RunRow:
    now = datetime.now(UTC)
    numbers = "records_read articles_kept duplicates replays rejects outside".split()
    return RunRow(
        run_id=run.run_id,
        kind=RECODING,
        started=now,
        finished=now,
        inputs="[]",
        events=events,
        lexicon_version=lexicon.version,
        code_version=version("wiretally"),
        options=json.dumps({"recoded": articles}),
        versions="{}",
        **dict.fromkeys(numbers, 0),
    )
