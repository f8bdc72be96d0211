"""Everything that a run can be told, in one frozen object."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from pipeline.given import Given, check_flink
from pipeline.runners import flink_arguments
from transforms.logic.deduplicating.similarity import WINDOW_DAYS

DIRECT = "direct"
"""The default runner: Beam's DirectRunner pinned to its engine in this process; nothing is downloaded."""


_IN_PROCESS = "FnApiRunner"
_MODE = "--direct_running_mode"


class RunConfig(Given):
    """The options of `run`.

    `inputs` are files, folders, globs or URIs. `lexicons` are folders read after the built-in lexicon.
    `published_from` and `published_to` are the first and last day of publication taken (UTC, both included);
    undated articles are always taken. `dedup_window` counts the days of publication within which near copies
    are one story; exact copies are at any distance. `flink_master` is where the cluster of the runner `flink`
    answers. `workers` is the number of processes that prepare articles. `beam_options` go to Beam as they
    are; a `--runner` among them wins.
    """

    inputs: tuple[str, ...]
    store: str
    format: str | None = None
    mapping: Path | None = None
    lexicons: tuple[Path, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    keep_text: bool = False
    dedup_window: int = Field(default=WINDOW_DAYS, ge=0)
    runner: str = DIRECT
    flink_master: str | None = None
    workers: int = Field(default=1, ge=1)
    beam_options: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.inputs:
            raise ValueError("name at least one dump")
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError(f"--from {self.published_from} is after --to {self.published_to}")
        if self.runner != DIRECT and _has(self.beam_options, "--runner"):
            raise ValueError("--runner is given twice, before and after --; give it once")
        check_flink(self.runner, self.flink_master)
        if self.workers > 1 and (self.beam_runner() != _IN_PROCESS or _has(self.beam_options, _MODE)):
            raise ValueError("--workers is of the runner direct; tell other runners and modes behind --")
        return self

    def beam_arguments(self) -> list[str]:
        """The options as Beam reads them; `direct` and `flink` become Beam's own names and what they need."""
        if _has(self.beam_options, "--runner"):
            return list(self.beam_options)
        if self.flink_master is not None:
            return flink_arguments(self.flink_master, self.beam_options)
        runner = _IN_PROCESS if self.runner == DIRECT else self.runner
        return [f"--runner={runner}", *self.beam_options]

    def beam_runner(self) -> str:
        """The runner by Beam's name."""
        words = " ".join(self.beam_arguments()).replace("--runner=", "--runner ").split()
        return words[words.index("--runner") + 1]


def _has(options: Iterable[str], name: str) -> bool:
    return any(option.partition("=")[0] == name for option in options)
