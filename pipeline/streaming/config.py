"""Everything that a stream can be told, in one frozen object."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from pipeline.given import Given, check_flink
from pipeline.streaming.address import Address, address_of
from transforms.logic.deduplicating.similarity import WINDOW_DAYS

PRISM = "prism"
"""The default runner: Beam's Prism on this machine, a program of one file that Go builds."""


class StreamConfig(Given):
    """The options of `stream`; those shared with `run` mean the same.

    `every` seconds, or when `at_once` articles of a day wait, what has come is committed. `settle` seconds
    without change make a file whole. `delay` days from publication to arrival are usual; `lateness` days
    after its day of publication an article is too late. `until_idle` ends the stream when nothing has come
    for so many seconds. `folder` may be a topic of Kafka (`address_of`), which takes an `expansion_service`
    and has no use for `settle`, `delay` and `until_idle`. `flink_master` is where the cluster of the
    runner `flink` answers.
    """

    folder: str
    expansion_service: str | None = None
    store: str
    format: str | None = None
    mapping: Path | None = None
    lexicons: tuple[Path, ...] = ()
    keep_text: bool = False
    dedup_window: int = Field(default=WINDOW_DAYS, ge=0)
    every: int = Field(default=30, ge=1)
    at_once: int = Field(default=2_000, ge=1)
    settle: float = Field(default=5.0, ge=0)
    delay: float = Field(default=2.0, ge=0)
    lateness: int = Field(default=60, ge=0)
    until_idle: float | None = Field(default=None, ge=0)
    runner: str = PRISM
    flink_master: str | None = None
    beam_options: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.address is None:
            self._check_folder()
        else:
            self._check_topic()
        check_flink(self.runner, self.flink_master)
        if self.flink_master is not None and self.until_idle is not None:
            raise ValueError("--until-idle: on Flink a stream does not end by itself; cancel its job there")
        return self

    @property
    def address(self) -> Address | None:
        """The topic to read; None when it is a folder."""
        return address_of(self.folder)

    def _check_folder(self) -> None:
        if "://" in self.folder:
            raise ValueError(
                f"{self.folder}: a stream watches a folder of this machine, or reads kafka://..."
            )
        if not Path(self.folder).is_dir():
            raise ValueError(f"{self.folder}: there is no such folder")
        if self.expansion_service is not None:
            raise ValueError("--expansion-service: only topics of Kafka need one")

    def _check_topic(self) -> None:
        if self.expansion_service is None:
            raise ValueError(f"{self.folder}: a topic needs --expansion-service HOST:PORT")
        for name in ("settle", "delay", "until_idle"):
            if getattr(self, name) != type(self).model_fields[name].default:
                raise ValueError(f"--{name.replace('_', '-')} is about files, and {self.folder} is a topic")
