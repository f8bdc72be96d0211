"""Options as a person gave them, checked into one frozen object."""

from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.runners import FLINK
from schemas import ConfigError

_FLAGS = {"published_from": "--from", "published_to": "--to", "inputs": "DUMP", "lexicons": "--lexicon"}


class Given(BaseModel):
    """The options of one command; its fields are those of its subclass."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of(cls, **options: object) -> Self:
        """The config of options as a person gave them; days may be `YYYY-MM-DD`.

        Raises:
            ConfigError: a value is wrong; the message names the option.
        """
        try:
            return cls.model_validate(options)
        except ValidationError as error:
            raise ConfigError("; ".join(_explain(problem) for problem in error.errors())) from error


def check_flink(runner: str, flink_master: str | None) -> None:
    """Check that the runner `flink` is given with its cluster, and no cluster without it.

    Raises:
        ValueError: one of them is missing.
    """
    if (runner == FLINK) != (flink_master is not None):
        raise ValueError("--runner flink and --flink-master HOST:PORT go together; give both or neither")


def _explain(problem: object) -> str:
    assert isinstance(problem, dict)
    message = str(problem["msg"]).removeprefix("Value error, ")
    if not problem["loc"]:
        return message
    name = str(problem["loc"][0])
    return f"{_FLAGS.get(name, '--' + name.replace('_', '-'))}: {message} (got {problem['input']!r})"
