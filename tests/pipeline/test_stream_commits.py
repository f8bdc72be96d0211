"""What a stream commits, in whatever parts and however often, is what the batch makes of the same files."""

import random
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.engine import beam_options
from pipeline.inputs import open_file
from pipeline.run import new_run_id
from pipeline.store import Store
from pipeline.store.commit import open_run
from pipeline.streaming import commit as committing
from pipeline.streaming.config import StreamConfig
from pipeline.streaming.entering import Told, enter
from pipeline.streaming.ledger import StoreLedger
from pipeline.streaming.running import beam_arguments
from schemas import ConfigError, Delivery, PreparedArticle, RawArticle, Reject, RejectableError
from schemas.lexicon import Lexicon
from tests.pipeline.invented import write_dump
from tests.pipeline.run_helpers import comparable, rows, run
from tests.pipeline.test_history import a_story_that_grows, telling
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.preparing import Preparer
from transforms.logic.reading import load_shapes, plan_tasks, read_task
from transforms.logic.rejecting import reject_of

BROKEN = '{"title": "cut off in the mid'


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    return write_dump(folder / "wire.jsonl", a_story_that_grows(), BROKEN)


@pytest.fixture(scope="module")
def batch(grown: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that one run of the batch makes."""
    store = tmp_path_factory.mktemp("batch") / "store"
    run(store, grown)
    return store


@pytest.fixture(scope="module")
def delivered(grown: Path, lexicon: Lexicon) -> list[PreparedArticle | Reject]:
    preparer = Preparer(Coder(lexicon))
    return [_ended(outcome, preparer) for outcome in _outcomes(grown)]


def _outcomes(path: Path) -> list[RawArticle | Reject]:
    shapes = load_shapes()
    tasks = plan_tasks(str(path), path.stat().st_size, open_file, shapes=shapes)
    return [outcome for task in tasks for outcome in read_task(task, open_file, shapes)]


def _ended(outcome: RawArticle | Reject, preparer: Preparer) -> PreparedArticle | Reject:
    if isinstance(outcome, Reject):
        return outcome
    try:
        article = preparer.prepare(outcome)
    except RejectableError as error:
        return reject_of(outcome, error)
    assert isinstance(article, PreparedArticle)
    return article


def delivery(some: Sequence[PreparedArticle | Reject]) -> Delivery:
    return Delivery(
        articles=tuple(one for one in some if isinstance(one, PreparedArticle)),
        rejects=tuple(one for one in some if isinstance(one, Reject)),
    )


def commit(store: Path, some: Sequence[PreparedArticle | Reject], lexicon: Lexicon, **told: Any) -> Any:
    words: dict[str, Any] = {"folder": "in", "dedup_window": 60, "done": (), "clock": None, "firings": {}}
    return enter(str(store), new_run_id(datetime.now(UTC)), delivery(some), Told(**words | told), lexicon)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_any_parts_in_any_order_give_what_the_batch_gives(
    delivered: list[PreparedArticle | Reject], batch: Path, lexicon: Lexicon, tmp_path: Path, seed: int
) -> None:
    shuffled = random.Random(seed).sample(delivered, len(delivered))
    for at in range(0, len(shuffled), 6):
        commit(tmp_path / "store", shuffled[at : at + 6], lexicon)
    assert telling(tmp_path / "store") == telling(batch)
    assert comparable(rows(tmp_path / "store", "rejects")) == comparable(rows(batch, "rejects"))
    assert main(["verify", "--store", str(tmp_path / "store")]) == 0


def test_a_delivery_that_comes_twice_adds_nothing(
    delivered: list[PreparedArticle | Reject], lexicon: Lexicon, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    commit(store, delivered, lexicon)
    before, counts = telling(store), Store.open(str(store)).counts()
    row = commit(store, delivered[:20] + delivered[10:], lexicon)
    assert (row.articles_kept, row.duplicates, row.events) == (0, 0, 0)
    assert row.replays == row.records_read - row.rejects > 0
    assert telling(store) == before
    assert Store.open(str(store)).counts() == counts | {"runs": 2}


def test_the_ledger_is_what_commits_said(
    delivered: list[PreparedArticle | Reject], lexicon: Lexicon, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    ledger = StoreLedger(str(store))
    assert (set(ledger.done()), ledger.clock()) == (set(), None)
    commit(store, delivered[:3], lexicon, done=("1:1:a",), clock=200)
    commit(store, delivered[3:6], lexicon, done=("1:1:b", "1:1:c"), clock=100)
    commit(store, delivered[6:9], lexicon)
    assert (set(ledger.done()), ledger.clock()) == ({"1:1:a", "1:1:b", "1:1:c"}, 200)


def test_small_files_are_put_together_every_so_many_commits(
    delivered: list[PreparedArticle | Reject],
    lexicon: Lexicon,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(committing, "UPKEEP_AFTER", 3)
    store = tmp_path / "store"
    for at in range(5):
        commit(store, delivered[at : at + 1], lexicon)
        committing.keep_up(str(store))
    assert [row.kind for row in Store.open(str(store)).runs()] == ["run"] * 3 + ["maintenance"] + ["run"] * 2


def test_a_commit_waits_while_another_run_is_at_work(
    delivered: list[PreparedArticle | Reject], lexicon: Lexicon, tmp_path: Path
) -> None:
    store, at_work = tmp_path / "store", threading.Event()

    def write() -> None:
        with open_run(str(store), "other"):
            at_work.set()
            time.sleep(1)

    other = threading.Thread(target=write)
    other.start()
    at_work.wait()
    run_id = committing.in_turn(
        lambda run_id: enter(
            str(store), run_id, delivery(delivered[:2]), Told("in", 60, (), None, {}), lexicon
        )
    )
    other.join()
    assert [row.run_id for row in Store.open(str(store)).runs()] == [run_id]


def test_runs_of_the_batch_beside_the_stream_are_no_files_of_it(batch: Path) -> None:
    assert set(StoreLedger(str(batch)).done()) == set()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"folder": "nowhere"}, "there is no such folder"),
        ({"folder": "s3://bucket/in"}, "a stream watches a folder of this machine"),
        ({"every": 0}, "--every"),
        ({"runner": "flink", "flink_master": "h:1", "until_idle": 5}, "does not end by itself"),
        ({"lateness": -1}, "--lateness"),
        ({"folder": "kafka://host/news"}, "HOST:PORT/TOPIC"),
        ({"folder": "kafka://host:9092/"}, "HOST:PORT/TOPIC"),
        ({"folder": "kafka://host:9092/news"}, "needs --expansion-service"),
        ({"folder": "kafka://host:9092/news", "expansion_service": "h:1", "until_idle": 5}, "--until-idle"),
        ({"folder": "kafka://host:9092/news", "expansion_service": "h:1", "settle": 1}, "--settle"),
        ({"expansion_service": "h:1"}, "only topics"),
    ],
)
def test_wrong_options_are_named(tmp_path: Path, options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        StreamConfig.of(**({"folder": str(tmp_path), "store": "s"} | options))


def test_a_runner_that_cannot_stream_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot stream"):
        beam_arguments(StreamConfig.of(folder=str(tmp_path), store="s", runner="direct"))


def test_prism_is_told_not_to_split_bundles(tmp_path: Path) -> None:
    given = ("--prism_location=/opt/prism",)
    arguments = beam_arguments(StreamConfig.of(folder=str(tmp_path), store="s", beam_options=given))
    assert {"--streaming", "--experiments=prism_disable_sdf_split", *given} <= set(arguments)


@pytest.mark.parametrize("cluster", [{}, {"runner": "flink", "flink_master": "host:8081"}])
def test_a_stream_may_last_longer_than_beam_waits_for_an_answer(
    tmp_path: Path, cluster: dict[str, str]
) -> None:
    given = ("--prism_location=/opt/prism",)
    config = StreamConfig.of(folder=str(tmp_path), store="s", beam_options=given, **cluster)
    options = beam_options(beam_arguments(config), job_server=True).get_all_options()
    assert options["job_server_timeout"] > 365 * 86_400


def test_flink_checkpoints_and_gives_on_every_element_at_once(tmp_path: Path) -> None:
    given = {"folder": str(tmp_path), "store": "s", "runner": "flink", "flink_master": "host:8081"}
    arguments = beam_arguments(StreamConfig.of(**given, beam_options=("--checkpointing_interval=5000",)))
    assert {"--streaming", "--runner=FlinkRunner", "--flink_master=host:8081"} <= set(arguments)
    assert {"--max_bundle_size=1", "--checkpointing_interval=5000"} <= set(arguments)
    assert "--checkpointing_interval=10000" not in arguments
    with pytest.raises(ConfigError, match="go together"):
        StreamConfig.of(folder=str(tmp_path), store="s", runner="flink")


def test_no_prism_is_said_with_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "in").mkdir()
    assert main(["stream", str(tmp_path / "in"), "--store", str(tmp_path / "store")]) == 2
    assert "go install github.com/apache/beam/sdks/v2/go/cmd/prism@v" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_a_store_among_the_dumps_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["stream", str(tmp_path), "--store", str(tmp_path / "store"), "--", "--prism_location=/x"]
    assert main(words) == 2
    assert "would be read as dumps" in capsys.readouterr().err


def test_a_topic_is_taken_apart(tmp_path: Path) -> None:
    options = {"store": str(tmp_path), "expansion_service": "h:1"}
    config = StreamConfig.of(folder="kafka://one:9092,two:9092/news.v1", **options)
    assert config.address == ("one:9092,two:9092", "news.v1")
    assert StreamConfig.of(folder=str(tmp_path), store="s").address is None


def test_offsets_that_are_done_are_kept_by_topic_and_joined(
    delivered: list[PreparedArticle | Reject], lexicon: Lexicon, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    commit(store, delivered[:2], lexicon, offsets={"news@1": {"0": [(0, 4)], "1": [(7, 9)]}})
    commit(store, delivered[2:4], lexicon, offsets={"news@1": {"0": [(4, 6)]}, "news@2": {"0": [(0, 1)]}})
    ledger = StoreLedger(str(store))
    assert ledger.offsets("news@1") == {"0": [(0, 6)], "1": [(7, 9)]}
    assert ledger.offsets("news@2") == {"0": [(0, 1)]}
    assert ledger.offsets("news") == {}
