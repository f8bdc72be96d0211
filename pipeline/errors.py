"""How errors reach a person: one line on stderr and an exit code."""

import sys
from collections.abc import Callable

from pipeline.visible import visible

OK = 0
FAILURE = 1
USAGE = 2
INPUT = 3
INTERRUPTED = 130
PIPE_CLOSED = 141


def complain(message: str) -> None:
    """Write `error: ...` to stderr; a message of several lines (a list of what is wrong) keeps them."""
    sys.stderr.write(f"error: {visible(message.strip())}\n")


def remark(message: str) -> None:
    """Write a line to stderr that is no error."""
    sys.stderr.write(f"{one_line(message)}\n")


def one_line(message: str) -> str:
    """The message without line ends or characters that would steer a terminal."""
    return visible(" ".join(message.split()))


def exit_code(error: Exception, tell: Callable[[str], None] = complain) -> int:
    """Tell of an error that ended a command, and say with which code the process ends.

    Args:
        error: `ConfigError`, `InputError`, an `OSError` of a named file, or a fault of our own.
        tell: takes the message; a line on stderr when not given.
    """
    from pipeline.runners import JobFailedError
    from schemas import ConfigError, InputError

    if isinstance(error, ConfigError):
        tell(str(error))
        return USAGE
    if isinstance(error, InputError):
        tell(str(error))
        return INPUT
    if isinstance(error, JobFailedError) or _is_outer_error(error):
        tell(str(error))
        return FAILURE
    if isinstance(error, OSError) and error.filename is not None:
        tell(f"{error.filename}: {error.strerror}")
        return FAILURE
    if fault := _object_fault(error):
        tell(f"{fault}; run the same command again when that is mended")
        return FAILURE
    notes = "".join(f"{note}; " for note in getattr(error, "__notes__", ()))
    tell(f"{type(error).__name__}: {one_line(str(error))} ({notes}a fault in wiretally; --debug shows where)")
    return FAILURE


def _object_fault(error: Exception) -> str | None:
    """Asked last, too: what an object store answered to somebody who only read."""
    from transforms.objects import fault_of

    return fault_of(error)


def _is_outer_error(error: Exception) -> bool:
    """Whether a store or a machine failed, not this program. Asked last: the modules take long to import."""
    from pipeline.store.errors import StoreError
    from transforms.logic.workers import WorkerDiedError

    return isinstance(error, StoreError | WorkerDiedError)
