"""The graph and the plain functions write the same tables."""

from pathlib import Path

from schemas import RawArticle, Reject
from tests.pipeline.run_helpers import FirstRun, comparable, tables
from transforms.logic.coding import load_lexicon
from transforms.logic.reading import load_shapes, plan_tasks, read_task
from transforms.logic.reference import run_in_memory


def _read(path: Path) -> list[RawArticle | Reject]:
    def opener(name: str):  # type: ignore[no-untyped-def]
        return Path(name).open("rb")

    shapes = load_shapes()
    tasks = plan_tasks(str(path), path.stat().st_size, opener, shapes=shapes)
    return [outcome for task in tasks for outcome in read_task(task, opener, shapes)]


def test_beam_writes_what_the_plain_functions_write(first: FirstRun, dump: Path) -> None:
    outcomes = _read(dump)
    expected = run_in_memory(
        [one for one in outcomes if isinstance(one, RawArticle)],
        load_lexicon(),
        "r",
        rejects=[one for one in outcomes if isinstance(one, Reject)],
    )
    found = tables(first.store)
    assert found.keys() == expected.keys()
    for name, rows in expected.items():
        assert rows or name == "aliases", name
        assert found[name] == comparable(rows), name
