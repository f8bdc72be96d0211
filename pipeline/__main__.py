"""`python -m pipeline` and the `wiretally` executable: arguments in, an exit code out, errors as one line."""

import os
import sys
from collections.abc import Sequence

from typer import Abort, TyperException
from typer.main import get_command

from pipeline.cli import app
from pipeline.command import ReaderGoneError
from pipeline.errors import INTERRUPTED, PIPE_CLOSED, USAGE, complain, exit_code

DEBUG = "--debug"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name; those of this process when None.

    Returns:
        The exit code: 0 ok, 1 failure, 2 options or configuration, 3 input, 130 interrupted, 141 when the
        reader of our output went away.
    """
    words, beam_options = split_beam_options(list(sys.argv[1:] if argv is None else argv))
    debug = DEBUG in words
    words = [word for word in words if word != DEBUG] or ["--help"]
    _tolerate_narrow_encodings()
    try:
        code = _invoke(words, beam_options)
        sys.stdout.flush()
    except TyperException as error:
        complain(error.format_message() + _hint(error))
        return USAGE
    except (KeyboardInterrupt, Abort):
        complain("interrupted; a store is as it was before")
        return INTERRUPTED
    except (ReaderGoneError, BrokenPipeError):
        _discard_output()
        return PIPE_CLOSED
    except Exception as error:
        if debug:
            raise
        return exit_code(error)
    return code


def split_beam_options(words: list[str]) -> tuple[list[str], list[str]]:
    """Split the words of `run` and `stream` at the first bare `--`: the rest is for Beam."""
    command = next((word for word in words if not word.startswith("-")), None)
    if command not in ("run", "stream") or "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _invoke(words: list[str], beam_options: list[str]) -> int:
    """Commands return None when all is well; an int is an exit code, also that of `--help`."""
    code = get_command(app).main(
        args=words, prog_name="wiretally", standalone_mode=False, obj={"beam_options": beam_options}
    )
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return int(code or 0)


def _hint(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context else ""


def _tolerate_narrow_encodings() -> None:
    """A terminal that cannot show a character shows its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not meet the closed pipe again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
