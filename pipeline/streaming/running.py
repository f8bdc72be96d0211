"""A stream from its start to its end: checked, submitted to a runner, and told of as the store tells it."""

import secrets
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import beam_options, import_beam, without_noise
from pipeline.flink import cancel_job
from pipeline.runners import FLINK, check_cluster, flink_arguments, job_failures_named
from pipeline.store import delta
from pipeline.store.store import Store, store_folder
from pipeline.streaming.config import PRISM, StreamConfig
from pipeline.streaming.ledger import stream_of
from schemas import ConfigError
from schemas.tables import RunRow
from transforms.logic.coding import load_lexicon

if TYPE_CHECKING:
    import apache_beam as beam
    from apache_beam.runners.runner import PipelineResult

    from pipeline.streaming.kafka import StoredTopic

_NO_DEADLINE = "--job_server_timeout=315360000"
"""Ten years: Beam asks a job once how it ends, and after five minutes takes silence for a failure."""

PRISM_SETTINGS = ("--environment_type=LOOPBACK", "--experiments=prism_disable_sdf_split", _NO_DEADLINE)
"""Workers in this process; and no bundle split, since Prism then runs one key in two bundles at once."""

FLINK_SETTINGS = ("--checkpointing_interval=10000", "--max_bundle_size=1", _NO_DEADLINE)
"""Every element a bundle: those that only time would end were seen to wait for ever."""

_BATCH_ONLY = ("direct", "DirectRunner", "FnApiRunner", "BundleBasedDirectRunner")
_LOOK_SECONDS = 1.0
_CANCEL_SECONDS = 30.0

Tell = Callable[[RunRow], None]


def run_stream(config: StreamConfig, tell: Tell, warn: Callable[[str], None]) -> None:
    """Read what arrives in a folder or a topic, until the stream ends or this process is interrupted.

    Args:
        config: what to read, where to write and how.
        tell: told of every commit, as the store has it.
        warn: told of messages that are gone.

    Raises:
        ConfigError: an option, the lexicon or the mapping is wrong, or the runner, the topic or what reads
            it is not there; nothing runs.
        JobFailedError: the cluster gave up, or a job may go on there; what was committed stays.
        RuntimeError: the runner on this machine gave up; what was committed stays.
    """
    import_beam()
    options = beam_options(beam_arguments(config), job_server=config.runner != PRISM)
    check_cluster(config.flink_master, options)
    lexicon = load_lexicon(*config.lexicons)
    _check(config)
    topic = _open_topic(config, warn)
    import apache_beam as beam

    from pipeline.streaming.build import StreamPlan, build_stream

    seen = len(_commits(config.store))
    with without_noise():
        root = beam.Pipeline(options=options)
        build_stream(root, StreamPlan(config, lexicon, topic))
        _check_reading(root, config, topic)
        with _interrupts_for_us_alone():
            result = root.run()
    try:
        _follow(result, config.store, seen, tell if topic is None else _keeping_up(topic, tell))
    except BaseException:
        _cancel(result, config.flink_master, options.get_all_options()["job_name"])
        raise
    with job_failures_named(config.flink_master, "what was committed stays"):
        result.wait_until_finish()


def _open_topic(config: StreamConfig, warn: Callable[[str], None]) -> "StoredTopic | None":
    if config.address is None:
        return None
    from pipeline.streaming.kafka import open_topic

    topic = open_topic(config.address, config.store, str(config.expansion_service))
    if gone := topic.set_group():
        warn(f"{config.folder}: {gone:,} messages that were not read yet are gone from the topic")
    return topic


def _check_reading(root: "beam.Pipeline", config: StreamConfig, topic: "StoredTopic | None") -> None:
    if topic is None or config.runner not in (PRISM, FLINK):
        return
    from pipeline.streaming.kafka import check_expanded

    check_expanded(root, topic, flink=config.runner == FLINK)


def _keeping_up(topic: "StoredTopic", tell: Tell) -> Tell:
    """Tell of a commit, and let Kafka's own tools see how far the store is."""

    def told(row: RunRow) -> None:
        tell(row)
        with suppress(ConfigError):  # a broker that is away now hears of it after the next commit
            topic.set_group()

    return told


def beam_arguments(config: StreamConfig) -> list[str]:
    """The options as Beam reads them; `prism` is found on this machine.

    Raises:
        ConfigError: a runner that cannot stream, or no Prism.
    """
    given = list(config.beam_options)
    if config.runner in _BATCH_ONLY:
        raise ConfigError(
            f"--runner {config.runner} ends with its input and cannot stream; take prism or flink"
        )
    if config.flink_master is not None:
        named = {option.split("=")[0] for option in given}
        settings = (*FLINK_SETTINGS, f"--job_name=wiretally-{secrets.token_hex(6)}")
        chosen = [setting for setting in settings if setting.split("=")[0] not in named]
        return ["--streaming", *chosen, *flink_arguments(config.flink_master, given)]
    if config.runner != PRISM:
        return ["--streaming", f"--runner={config.runner}", *given]
    if not any(option.startswith("--prism_location") for option in given):
        given.append(f"--prism_location={_find_prism()}")
    return ["--streaming", "--runner=PrismRunner", *PRISM_SETTINGS, *given]


def _find_prism() -> str:
    from apache_beam.version import __version__

    built = Path.home() / "go" / "bin" / "prism"
    found = shutil.which("prism") or (str(built) if built.is_file() else None)
    if found is None:
        raise ConfigError(
            "there is no prism on the PATH; build it with "
            f"`go install github.com/apache/beam/sdks/v2/go/cmd/prism@v{__version__}`, or name the program: "
            "-- --prism_location=FILE"
        )
    return found


def _check(config: StreamConfig) -> None:
    from transforms.logic.reading import load_shapes, settings_for

    settings_for(config.format, load_shapes(user=config.mapping))
    store = store_folder(config.store)
    folder = None if config.address else Path(config.folder).absolute()
    if folder is not None and isinstance(store, Path) and store.is_relative_to(folder):
        raise ConfigError(f"--store {config.store} is in {config.folder}, and would be read as dumps")


def _follow(result: "PipelineResult", uri: str, seen: int, tell: Tell) -> None:
    """Tell of commits until the job has ended, and then of the last ones."""
    from apache_beam.runners.runner import PipelineState

    over = False
    while not over:
        time.sleep(_LOOK_SECONDS)
        over = PipelineState.is_terminal(result.state)
        for row in _commits(uri)[seen:]:
            tell(row)
            seen += 1


@contextmanager
def _interrupts_for_us_alone() -> Iterator[None]:
    """Start programs that outlive Ctrl-C, which a terminal sends to all, until their job is cancelled."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _cancel(result: "PipelineResult", master: str | None, name: str) -> None:
    """Cancel the job and see it end; a job server that goes with this process would leave it running."""
    if master is not None:
        cancel_job(master, name, _CANCEL_SECONDS)
    import grpc
    from apache_beam.runners.runner import PipelineState

    try:
        result.cancel()
    except grpc.RpcError:  # the runner got the same signal, and its job has ended with it
        return
    end = time.monotonic() + _CANCEL_SECONDS
    while not PipelineState.is_terminal(result.state) and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)


def _commits(uri: str) -> list[RunRow]:
    if not delta.exists(store_folder(uri) / "runs"):
        return []
    return [row for row in Store.open(uri).runs() if stream_of(row) is not None]
