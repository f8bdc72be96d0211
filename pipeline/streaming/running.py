"""A stream from its start to its end: checked, submitted to a runner, and told of as the store tells it."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import beam_options, import_beam, without_noise
from pipeline.runners import check_cluster, flink_arguments
from pipeline.store import delta
from pipeline.store.store import Store, store_folder
from pipeline.streaming.config import PRISM, StreamConfig
from pipeline.streaming.ledger import stream_of
from schemas import ConfigError
from schemas.tables import RunRow
from transforms.logic.coding import load_lexicon

if TYPE_CHECKING:
    from apache_beam.runners.runner import PipelineResult

PRISM_SETTINGS = ("--environment_type=LOOPBACK", "--experiments=prism_disable_sdf_split")
"""Workers in this process; and no bundle split, since Prism then runs one key in two bundles at once."""

FLINK_SETTINGS = ("--checkpointing_interval=10000", "--max_bundle_size=1")
"""Every element a bundle: those that only time would end were seen to wait for ever."""

_BATCH_ONLY = ("direct", "DirectRunner", "FnApiRunner", "BundleBasedDirectRunner")
_LOOK_SECONDS = 1.0
_CANCEL_SECONDS = 30.0

Tell = Callable[[RunRow], None]


def stream_folder(config: StreamConfig, tell: Tell) -> None:
    """Read files as they arrive in a folder, until the stream ends or this process is interrupted.

    Args:
        config: what to watch, where to write and how.
        tell: told of every commit, as the store has it.

    Raises:
        ConfigError: an option, the lexicon or the mapping is wrong, or the runner is not there; nothing runs.
        RuntimeError: the runner gave up; what was committed stays.
    """
    import_beam()
    options = beam_options(beam_arguments(config), job_server=config.runner != PRISM)
    check_cluster(config.flink_master, options)
    lexicon = load_lexicon(*config.lexicons)
    _check(config)
    import apache_beam as beam

    from pipeline.streaming.build import StreamPlan, build_stream

    seen = len(_commits(config.store))
    with without_noise():
        root = beam.Pipeline(options=options)
        build_stream(root, StreamPlan(config, lexicon))
        result = root.run()
    try:
        _follow(result, config.store, seen, tell)
    except BaseException:
        _cancel(result)
        raise
    result.wait_until_finish()


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
        chosen = [setting for setting in FLINK_SETTINGS if setting.split("=")[0] not in named]
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
    if isinstance(store, Path) and store.is_relative_to(Path(config.folder).absolute()):
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


def _cancel(result: "PipelineResult") -> None:
    """Cancel the job and see it end; a job server that goes with this process would leave it running."""
    from apache_beam.runners.runner import PipelineState

    result.cancel()
    end = time.monotonic() + _CANCEL_SECONDS
    while not PipelineState.is_terminal(result.state) and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)


def _commits(uri: str) -> list[RunRow]:
    if not delta.exists(store_folder(uri) / "runs"):
        return []
    return [row for row in Store.open(uri).runs() if stream_of(row) is not None]
