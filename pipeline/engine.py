"""Beam as this program uses it: imported without its noise, its options checked before anything runs."""

import contextlib
import importlib
import io
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from schemas import ConfigError

_NOISE = ("apitools not found", "type hint will be ignored")

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions


def import_beam() -> None:
    """Import Beam without what it says on import.

    Its INFO lines are about the engine and not about the run, so its loggers tell warnings only.
    """
    with without_noise():
        importlib.import_module("apache_beam")
    logging.getLogger("apache_beam").setLevel(logging.WARNING)


@contextlib.contextmanager
def without_noise() -> Iterator[None]:
    """Drop what Beam tells the root logger of itself, and the handler that this installs there.

    Beam warns of a missing Google client, and of type hints that it reads in single inputs and outputs only.
    """
    root = logging.getLogger()
    handlers = root.handlers[:]
    root.addFilter(_is_no_noise)
    try:
        yield
    finally:
        root.removeFilter(_is_no_noise)
        for handler in set(root.handlers) - set(handlers):
            root.removeHandler(handler)


def _is_no_noise(record: logging.LogRecord) -> bool:
    return not any(noise in str(record.msg) for noise in _NOISE)


def beam_options(arguments: Sequence[str], job_server: bool = False) -> "PipelineOptions":
    """Beam's options of command-line words.

    With `job_server`, options that Beam's Python does not know pass: the server has some of its own.

    Raises:
        ConfigError: Beam knows no such option, value or runner.
    """
    from apache_beam.options.pipeline_options import StandardOptions
    from apache_beam.runners.runner import create_runner

    from pipeline.engine_options import Options

    with _silent_exit(arguments):
        options = Options(list(arguments))
        known = options.get_all_options()
        unknown = options.get_all_options(retain_unknown_options=True).keys() - known.keys()
    if unknown and not job_server:
        raise ConfigError(f"Beam has no option {', '.join('--' + name for name in sorted(unknown))}")
    try:
        create_runner(options.view_as(StandardOptions).runner)
    except ValueError as error:
        raise ConfigError(f"--runner: {error}") from error
    return options


@contextlib.contextmanager
def _silent_exit(arguments: Sequence[str]) -> Iterator[None]:
    """Beam's parser complains to stderr and exits; here that is a `ConfigError`."""
    complaint = io.StringIO()
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with contextlib.redirect_stderr(complaint):
            yield
    except SystemExit as error:
        lines = complaint.getvalue().strip().splitlines() or [" ".join(arguments)]
        raise ConfigError(f"Beam's options: {lines[-1].split('error: ')[-1]}") from error
    finally:
        logging.disable(disabled)
