"""What is forgotten leaves the files too, once they are cleared."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.store.commit import commit_run, open_run
from tests.pipeline.invented import an_article, the_articles, write_dump
from tests.pipeline.run_helpers import rows, run
from tests.pipeline.store_helpers import a_reject_row, a_run_row, write

OUTLET = "www.qarnaz.example"
TEXT = (
    "QARNAZ, Dec 6 - Sudanese army jets bombed the Qarnaz base of the Rapid Support Forces on Friday. "
    "People of Qarnaz heard them from noon until the evening and stayed at home, those of Qarnaz said."
)
HEIR = {"articles", "events", "dyad_events", "stories"}


def files_with(store: Path, word: str) -> set[str]:
    """The tables in which some file of any age has a word: in a row, in a footer, in a log."""
    found = set()
    for path in store.rglob("*"):
        if path.is_file():
            seen = path.read_bytes().decode("latin-1")
            if path.suffix == ".parquet":
                with pq.ParquetFile(path) as file:
                    seen += f"{file.metadata.to_dict()}{file.read().to_pylist()}"
            if word in seen.lower():
                found.add(path.relative_to(store).parts[0])
    return found


@pytest.mark.slow
def test_forgotten_texts_are_on_no_disk_after_maintain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also from files that were put together before, whose values the log of a table might have kept."""
    store, articles = tmp_path / "store", the_articles()
    secret = an_article(77, TEXT, "2024-12-06T11:00:00Z", "qarnaz.example", "Aa! Qarnaz bombed")
    run(store, write_dump(tmp_path / "a.jsonl", [*articles[:6], secret]), keep_text=True)
    run(store, write_dump(tmp_path / "b.jsonl", articles[6:]), keep_text=True)
    assert main(["maintain", "--store", str(store)]) == 0
    assert "Qarnaz" in " ".join(row.evidence for row in rows(store, "events"))
    assert files_with(store, "qarnaz") == HEIR
    capsys.readouterr()
    assert main(["forget", "--outlet", OUTLET, "--store", str(store)]) == 0
    assert f"wiretally maintain --keep-days 0 --store {store}" in capsys.readouterr().out
    assert files_with(store, "qarnaz") == HEIR | {"runs"}
    assert main(["maintain", "--keep-days", "0", "--store", str(store)]) == 0
    assert files_with(store, "qarnaz") == {"runs"}
    assert OUTLET in Store.open(str(store)).runs()[-2].options
    assert main(["verify", "--store", str(store)]) == 0


def test_the_log_of_a_table_holds_no_value_of_a_row(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for number in range(2):
        with open_run(str(store), f"r{number}") as opened:
            row = a_reject_row(f"secret{number}", f"r{number}")
            commit_run(opened, {"rejects": [write(opened, "rejects", [row])]}, a_run_row(f"r{number}"))
    assert main(["maintain", "--store", str(store)]) == 0
    logs = [path.read_text() for path in (store / "rejects" / "_delta_log").glob("*.json")]
    assert any('"OPTIMIZE"' in log for log in logs)
    assert not any("secret" in log for log in logs)
