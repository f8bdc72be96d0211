"""One target under atheris: `python -m tests.fuzz.worker TARGET FOLDER [LIBFUZZER FLAGS] CORPUS`.

An input that breaks the property is left in FOLDER with what was raised, once for each place in our code that
raises, and the hunt goes on. Only a crash of the process, too much time or too much memory ends it.
"""

import hashlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

INSTRUMENTED = ("transforms", "schemas", "feedparser", "trafilatura", "tarfile", "zipfile", "tomllib")
"""Ours, and the pure Python below; what is C or Rust (lxml, orjson, pyarrow, zstandard) is run unseen."""

with atheris.instrument_imports(include=list(INSTRUMENTED)):
    from tests.fuzz.targets import TARGETS, Check


def collecting(check: Check, name: str, folder: Path) -> Check:
    """The property, which notes where it does not hold instead of raising."""
    met: set[str] = set()

    def checked(data: bytes) -> None:
        try:
            check(data)
        except Exception as error:  # noqa: BLE001 - any is a finding
            place = _place(error)
            if place not in met:
                met.add(place)
                finding = folder / f"{name}-{hashlib.sha1(data, usedforsecurity=False).hexdigest()}"
                finding.write_bytes(data)
                finding.with_suffix(".txt").write_text(traceback.format_exc())
                traceback.print_exc()

    return checked


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = [frame for frame in frames if "site-packages" not in frame.filename][-1]
    return f"{type(error).__name__} {last.filename} {last.lineno}"


if __name__ == "__main__":
    target, found = sys.argv.pop(1), Path(sys.argv.pop(1))
    run: Callable[[bytes], None] = collecting(TARGETS[target].check, target, found)
    for seed in TARGETS[target].seeds():
        run(seed)  # what is loaded once takes longer than any input may
    atheris.Setup(sys.argv, run)
    atheris.Fuzz()
