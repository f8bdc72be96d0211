"""The graph and the plain functions write the same tables."""

from pathlib import Path

from schemas import RawArticle, Reject
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import comparable, run, tables
from transforms.logic.coding import load_lexicon
from transforms.logic.reading import load_shapes, plan_tasks, read_task
from transforms.logic.reference import run_in_memory

BROKEN = ("not json", '{"title": ')


def _read(path: Path) -> list[RawArticle | Reject]:
    def opener(name: str):  # type: ignore[no-untyped-def]
        return Path(name).open("rb")

    shapes = load_shapes()
    tasks = plan_tasks(str(path), path.stat().st_size, opener, shapes=shapes)
    return [outcome for task in tasks for outcome in read_task(task, opener, shapes)]


def test_beam_writes_what_the_plain_functions_write(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "wire.jsonl", the_articles(), *BROKEN)
    outcomes = _read(dump)
    expected = run_in_memory(
        [one for one in outcomes if isinstance(one, RawArticle)],
        load_lexicon(),
        "r",
        rejects=[one for one in outcomes if isinstance(one, Reject)],
        keep_text=True,
    )
    run(tmp_path / "store", dump, keep_text=True)
    found = tables(tmp_path / "store")
    assert found.keys() == expected.keys()
    for name, rows in expected.items():
        assert found[name] == comparable(rows), name
        assert rows or name == "dyads"
