"""History coded again is what it would be had it been read with the new lexicon at first; and backfills."""

from pathlib import Path

import pytest
from deltalake import DeltaTable

from pipeline.__main__ import main
from pipeline.store import Store
from tests.conftest import ROOT
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import FirstRun, rows, run, tables


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    """A lexicon without "Quds Force" and its like: commanders are then nobody's finer than a country's."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    shipped = ROOT / "seeds" / "lexicon" / "actors.tsv"
    (folder / "actors.tsv").write_text(
        shipped.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8"
    )
    return folder


def test_history_coded_again_is_as_if_read_with_the_new_lexicon(
    dump: Path, lexicon: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, other = tmp_path / "store", tmp_path / "other"
    run(store, dump, keep_text=True)
    run(other, dump, keep_text=True, lexicons=(lexicon,))
    before, old = tables(store), Store.open(str(store))
    assert main(["recode", "--store", str(store), "--lexicon", str(lexicon)]) == 0
    assert tables(store) == tables(other) != before
    row = Store.open(str(store)).runs()[-1]
    assert (row.kind, row.events) == ("recoding", len(rows(store, "events")))
    assert {event.lexicon_version for event in rows(store, "events")} == {row.lexicon_version}
    assert all(Path(path).is_file() for path in old.files("events"))
    files = DeltaTable(str(store / "events"), version=old.versions["events"]).file_uris()
    assert sorted(map(Path, files)) == sorted(map(Path, old.files("events")))
    assert main(["verify", "--store", str(store), "--lexicon", str(lexicon)]) == 0, capsys.readouterr().out
    assert main(["recode", "--store", str(store)]) == 0
    assert tables(store) == before


def test_a_store_without_texts_cannot_be_coded_again(
    first: FirstRun, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tables(first.store)
    assert main(["recode", "--store", str(first.store)]) == 2
    said = capsys.readouterr().err
    assert "has no text of 11 of its 11 articles" in said
    assert "--keep-text" in said
    assert tables(first.store) == before


@pytest.mark.slow
def test_old_dumps_are_filled_in_by_days(tmp_path: Path) -> None:
    """The newest month first, then what came before it: the same store as all at once."""
    dump = write_dump(tmp_path / "all.jsonl", the_articles())
    whole, filled = tmp_path / "whole", tmp_path / "filled"
    run(whole, dump)
    late = run(filled, dump, published_from="2025-01-01")
    early = run(filled, dump, published_from="2024-12-01", published_to="2024-12-31")
    undated_or_empty = 3
    assert late.reckoning.outside + early.reckoning.outside == late.reckoning.read - undated_or_empty
    assert tables(filled)["activity"] == tables(whole)["activity"]
    assert tables(filled)["stories"] == tables(whole)["stories"]
