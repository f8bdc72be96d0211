"""What is forgotten was never there: the store is that of the other articles, and keeps every law."""

import json
import shutil
from pathlib import Path

import pytest
from deltalake import DeltaTable

from pipeline.__main__ import main
from pipeline.store import Store
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import FirstRun, rows, run, tables
from tests.pipeline.store_helpers import state

DERIVED = ("articles", "stories", "events", "dyad_events", "activity", "dyads")


@pytest.fixture
def store(first: FirstRun, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first.store, tmp_path / "store"))


def comparable(store: Path) -> dict[str, list[object]]:
    """Everything but where in its dump an article stood."""
    found = tables(store)
    return {
        name: sorted(
            ({k: v for k, v in row.items() if k not in ("source_file", "position")} for row in found[name]),
            key=repr,
        )
        for name in DERIVED
    }


@pytest.mark.parametrize(
    "outlet",
    ["example.com", *(pytest.param(one, marks=pytest.mark.slow) for one in ("example.org", "example.net"))],
)
def test_the_store_is_as_if_it_had_never_had_the_outlet(
    outlet: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = [article for article in the_articles() if article["source"] != outlet]
    run(tmp_path / "others", write_dump(tmp_path / "others.jsonl", others))
    assert main(["forget", "--store", str(store), "--outlet", outlet]) == 0
    assert comparable(store) == comparable(tmp_path / "others")
    assert main(["verify", "--store", str(store)]) == 0, capsys.readouterr().out


def test_one_article_goes_and_the_row_of_the_run_says_so(store: Path) -> None:
    lead = next(row for row in rows(store, "stories") if row.exact_copies)
    before = Store.open(str(store)).versions
    assert main(["forget", "--store", str(store), "--article", lead.story_id]) == 0
    assert lead.story_id not in {
        row.article_id for name in ("articles", "events") for row in rows(store, name)
    }
    assert lead.story_id not in {row.story_id for name in DERIVED[:3] for row in rows(store, name)}
    row = Store.open(str(store)).runs()[-1]
    assert (row.kind, row.records_read) == ("forgetting", 0)
    assert json.loads(row.options) == {"articles": [lead.story_id], "outlets": [], "forgotten": 1}
    old = DeltaTable(str(store / "articles"), version=before["articles"]).file_uris()
    assert all(Path(path).is_file() for path in old)
    assert main(["verify", "--store", str(store)]) == 0


@pytest.mark.slow
def test_everything_can_be_forgotten_and_read_again(store: Path, dump: Path, first: FirstRun) -> None:
    outlets = [word for name in ("com", "org", "net") for word in ("--outlet", f"example.{name}")]
    assert main(["forget", "--store", str(store), *outlets]) == 0
    counts = Store.open(str(store)).counts()
    assert {name: counts[name] for name in (*DERIVED, "postings")} == dict.fromkeys((*DERIVED, "postings"), 0)
    run(store, dump)
    assert tables(store) == tables(first.store)
    assert main(["verify", "--store", str(store)]) == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "name what to forget: --article ID or --outlet NAME"),
        (["--outlet", "nobody.example"], 3, "the store has no article or outlet nobody.example"),
        (["--outlet", "example.com", "--article", "f" * 32], 3, "ffff; nothing was changed"),
    ],
)
def test_what_is_not_there_is_an_error_and_changes_nothing(
    words: list[str], code: int, said: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(store)
    assert main(["forget", "--store", str(store), *words]) == code
    assert said in capsys.readouterr().err
    assert state(store) == before
