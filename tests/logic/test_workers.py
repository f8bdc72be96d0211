"""Records prepared in processes beside this one."""

import os
import time
from collections.abc import Iterator

import pytest

from schemas import PreparedArticle, RawArticle, Reject
from tests.pipeline.invented import the_articles
from transforms.logic.coding import load_lexicon
from transforms.logic.deduplicating import Replay
from transforms.logic.deduplicating.history import NoHistory
from transforms.logic.deduplicating.postings import Block, id_blocks
from transforms.logic.normalising import normalise_article
from transforms.logic.preparing import RecordFaultError
from transforms.logic.workers import Prepared, Recipe, WorkerDiedError, Workers, stop_workers

pytestmark = pytest.mark.slow


class _Store(NoHistory):
    """Has the first of the articles."""

    def ids(self, shard: int) -> list[Block]:
        first = bytes.fromhex(normalise_article(_raws()[0]).article_id)
        return id_blocks([first]) if first[0] >> 4 == shard else []


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return Recipe.of(load_lexicon(), True, None, None, _Store())


@pytest.fixture
def workers(recipe: Recipe) -> Iterator[Workers]:
    yield Workers(2, recipe)
    stop_workers()


def _raws() -> list[RawArticle]:
    return [
        RawArticle(
            source_file="d.jsonl",
            position=position,
            source_format="jsonl",
            title=record["title"],
            body=record["text"],
            published=record["published"],
        )
        for position, record in enumerate(the_articles())
    ]


def test_outcomes_come_back_in_order_and_are_those_of_one_process(workers: Workers, recipe: Recipe) -> None:
    batches = [[raw] for raw in _raws()]
    done: list[Prepared] = []
    for batch in batches:
        workers.send(batch)
        done += workers.ready()
    assert len(done) >= len(batches) - 4
    done += workers.rest()
    assert [prepared.batch for prepared in done] == batches
    preparer = recipe.preparer(recipe.coder(), recipe.held())
    expected = [preparer.outcome(raw) for raw in _raws()]
    assert [outcome for prepared in done for outcome in prepared.outcomes] == expected
    assert {type(outcome) for outcome in expected} == {PreparedArticle, Replay, Reject}


def test_a_fault_of_ours_names_the_record(workers: Workers) -> None:
    faulty = RawArticle.of_valid(_raws()[3].__dict__ | {"body": 5})
    workers.send([*_raws()[:2], faulty])
    with pytest.raises(RecordFaultError, match=r"d\.jsonl, record at 3: "):
        list(workers.rest())


def test_a_worker_that_dies_is_named_with_its_records(workers: Workers) -> None:
    workers.send(_raws())
    for process in workers.processes():
        process.kill()
    with pytest.raises(WorkerDiedError, match=r"d\.jsonl, records at 0 to 11, .* try fewer --workers"):
        list(workers.rest())
    with pytest.raises(WorkerDiedError):
        workers.send(_raws())


def test_whoever_is_stopped_is_gone(workers: Workers) -> None:
    workers.send(_raws())
    workers.send(_raws())
    pids = [process.pid for process in workers.processes()]
    assert len(pids) == 2
    stop_workers()
    end = time.monotonic() + 60
    while time.monotonic() < end and any(_is_there(pid) for pid in pids if pid):
        time.sleep(0.1)
    assert not any(_is_there(pid) for pid in pids if pid)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
