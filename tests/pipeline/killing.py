"""Runs that die where they are told to, each in a process of its own: `python -m tests.pipeline.killing`.

Each line of standard input is a case in JSON; it is forked off a process that has everything imported and is
run as the command line would run it. Each is answered by a line: its exit code, -9 for a killed one, and what
it said on standard error, as a JSON list.

A case is `{"words": [...], "at": POINT, "recorded": FOLDER}`. POINT says before or after which step the
process kills itself: `prepare` (the third article is being read), `written` (a file is on the disk, without
its name yet), `uploaded:NUMBER` (so many files are in the object store), `staged` (every file is there,
nothing is committed), `before:TABLE` and `after:TABLE` (its commit), `restored` (recovery has restored one
table), `vacuumed:TABLE` and `compacted:TABLE` (maintenance has done so); `full:TABLE` finds the disk full at
its commit, or for no table from the beginning; null never. With `recorded` the graph is not run; what it
wrote when it was recorded is laid out again.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pipeline.forgetting
import pipeline.recoding
import pipeline.run
from pipeline.__main__ import main
from pipeline.engine import import_beam
from pipeline.store import delta
from pipeline.store.commit import OpenRun
from schemas.lexicon import Lexicon
from tests.conftest import ROOT
from transforms.files import write_whole
from transforms.logic.coding import load_lexicon
from transforms.logic.preparing import Preparer
from transforms.objects import ObjectPath

Ending = tuple[int, str]
"""How a command ended: its exit code, or the signal below zero, and what it said."""
Ask = Callable[..., Ending]
"""Has a command of some words run that dies at a point, or at None, perhaps with a recorded graph."""
Graph = Callable[..., tuple[list[Any], dict[str, int]]]
NAMED = "RUN"
"""What a recording has in place of the run's id in the names of files."""


def record(graph: Graph, folder: Path) -> Graph:
    """The graph, which also keeps in `folder` what it wrote."""

    def recording(config: Any, lexicon: Any, run: OpenRun, options: Any) -> tuple[list[Any], dict[str, int]]:
        written, tallies = graph(config, lexicon, run, options)
        for file in written:
            if file.path:
                kept = folder / file.table / file.path.replace(run.run_id, NAMED)
                write_whole(kept, (run.folder / file.table / file.path).read_bytes())
        unnamed = [
            [field.replace(run.run_id, NAMED) if isinstance(field, str) else field for field in file]
            for file in written
        ]
        (folder / "graph.json").write_text(json.dumps([unnamed, tallies]))
        return written, tallies

    return recording


def replay(folder: Path) -> Graph:
    """A graph that lays out again what was recorded."""

    def replaying(config: Any, lexicon: Any, run: OpenRun, options: Any) -> tuple[list[Any], dict[str, int]]:
        from transforms.write import WrittenFile

        unnamed, tallies = json.loads((folder / "graph.json").read_text())
        written = [
            WrittenFile._make(
                field.replace(NAMED, run.run_id) if isinstance(field, str) else field for field in file
            )
            for file in unnamed
        ]
        for file in written:
            if file.path:
                kept = folder / file.table / file.path.replace(run.run_id, NAMED)
                write_whole(run.folder / file.table / file.path, kept.read_bytes())
        return written, tallies

    return replaying


def _die(*_: Any, **__: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _fill_disk() -> None:
    """Let no file grow beyond a few bytes: what a full disk is to those who write."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))


def _dying(
    real: Callable[..., Any],
    when: str = "before",
    call: int = 1,
    folder: str = "",
    end: Callable[[], object] = _die,
) -> Callable[..., Any]:
    """The function, with an end to all before or after its call number `call` (on a folder of that name)."""
    left = [call]

    def dying(*words: Any, **named: Any) -> Any:
        ours = not folder or words[0].name == folder
        left[0] -= ours
        if ours and left[0] == 0 and when == "before":
            end()
        result = real(*words, **named)
        if ours and left[0] == 0 and when == "after":
            end()
        return result

    return dying


def _arm(point: str) -> None:
    """Have this process die at the point; there is no way back, the process is for nothing else."""
    when, _, table = point.partition(":")
    if point == "prepare":
        Preparer.prepare = _dying(Preparer.prepare, call=3)  # type: ignore[method-assign]
    elif point == "written":
        os.fsync = _dying(os.fsync, "after")
    elif point == "staged":
        for module in (pipeline.run, pipeline.forgetting, pipeline.recoding):
            module.commit_run = _die  # type: ignore[attr-defined]
    elif point == "full:":
        _fill_disk()
    elif when == "full":
        delta.commit = _dying(delta.commit, folder=table, end=_fill_disk)
    elif when == "uploaded":
        ObjectPath.upload = _dying(ObjectPath.upload, "after", int(table))  # type: ignore[method-assign]
    elif point == "restored":
        delta.restore = _dying(delta.restore, "after")
    elif when == "vacuumed":
        delta.vacuum = _dying(delta.vacuum, "after", folder=table)
    elif when == "compacted":
        delta.compact = _dying(delta.compact, "after", folder=table)
    else:
        assert when in ("before", "after"), point
        delta.commit = _dying(delta.commit, when, folder=table)


def _child(case: dict[str, Any]) -> NoReturn:
    code = 70
    try:
        if case["recorded"]:
            pipeline.run._run_graph = replay(Path(case["recorded"]))
        if case["at"]:
            _arm(case["at"])
        code = main(case["words"])
    except BaseException:  # noqa: BLE001 - whatever it is, who asked hears of it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _forked(case: dict[str, Any]) -> tuple[int, str]:
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stderr = os.fdopen(theirs, "w", encoding="utf-8")
        _child(case)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), text


@contextmanager
def server() -> Iterator[Ask]:
    """A process of this module at work, and how to ask it."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.pipeline.killing"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        questions, answers = process.stdin, process.stdout

        def ask(words: Sequence[str], at: str | None, recorded: Path | None = None) -> Ending:
            case = {"words": list(words), "at": at, "recorded": str(recorded) if recorded else None}
            questions.write(json.dumps(case) + "\n")
            questions.flush()
            code, said = json.loads(answers.readline())
            return code, said

        yield ask


def serve() -> None:
    """Answer cases until there are no more."""
    import_beam()
    lexicon: Lexicon = load_lexicon()

    def known(*folders: Path) -> Lexicon:
        return load_lexicon(*folders) if folders else lexicon

    import_module("pipeline.build")
    for name in ("run", "commands.forget", "commands.recode", "commands.verify"):
        vars(import_module(f"pipeline.{name}"))["load_lexicon"] = known
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_forked(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
