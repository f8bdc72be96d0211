"""The command line as a whole: help, exit codes, errors in one line, and a page that is true."""

import os
import re
import resource
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from pipeline import errors
from pipeline.__main__ import main, split_beam_options
from pipeline.cli import app
from schemas import ConfigError, InputError
from tests.conftest import ROOT
from transforms.logic.reading import FORMATS, load_shapes

COMMANDS = (
    "run",
    "stream",
    "verify",
    "forget",
    "recode",
    "inspect",
    "code",
    "explain",
    "status",
    "sql",
    "report",
    "sync",
    "export",
    "evaluate",
    "lexicon",
    "maintain",
)


def python(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, **options
    )


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["export", "-h"], ["--version"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys; from pipeline.__main__ import main; code = main(sys.argv[1:]);"
        "heavy = {'apache_beam', 'duckdb', 'deltalake', 'pyarrow', 'numpy', 'schemas'} & set(sys.modules);"
        "sys.exit(f'imported {heavy}' if heavy else code)"
    )
    done = python("-c", script, *words)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_is_quick() -> None:
    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        python("-m", "pipeline", "--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.4, "seconds of processor time, 0.2 when nothing else runs"


def test_without_words_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert all(re.search(rf"^  {name} +\w.*\.$", shown, re.M) for name in COMMANDS)


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"wiretally {version('wiretally')}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rum"], "No such command 'rum'"),
        (["run"], "Missing argument 'DUMP'"),
        (["run", "x"], "Missing option '--store'"),
        (["run", "x", "--stoer", "y"], "No such option: --stoer"),
        (["run", "x", "--store", "y", "--from", "yesterday"], "--from: "),
        (["run", "x", "--store", "y", "--from", "2024-02-02", "--to", "2024-02-01"], "is after --to"),
        (["run", "x", "--store", "y", "--runner", "Flink", "--", "--runner=Spark"], "is given twice"),
        (["sql", "select 1"], "Missing option '--store'"),
    ],
)
def test_wrong_options_are_one_line_and_exit_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("error: ")
    assert said in shown.err
    assert (shown.out, shown.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ConfigError("mapping.toml: no such field"), 2, "error: mapping.toml: no such field\n"),
        (InputError("dump.gz: cannot be read"), 3, "error: dump.gz: cannot be read\n"),
        (PermissionError(13, "Permission denied", "/x"), 1, "error: /x: Permission denied\n"),
        (
            ValueError("a\n\x1b"),
            1,
            "error: ValueError: a \\x1b (a fault in wiretally; --debug shows where)\n",
        ),
        (KeyboardInterrupt(), 130, "error: interrupted; a store is as it was before\n"),
    ],
)
def test_each_kind_of_error_has_its_code(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: str) -> int:
        raise error

    monkeypatch.setattr("pipeline.commands.status.status_command", fail)
    assert main(["status", "--store", "x"]) == code
    assert capsys.readouterr().err == said


def test_debug_shows_where_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> int:
        raise ConfigError("wrong")

    monkeypatch.setattr("pipeline.commands.status.status_command", fail)
    for words in (["--debug", "status", "--store", "x"], ["status", "--store", "x", "--debug"]):
        with pytest.raises(ConfigError):
            main(words)


def test_words_after_two_dashes_are_for_beam() -> None:
    words = ["run", "a", "--store", "b", "--", "--runner=Flink", "--", "x"]
    assert split_beam_options(words) == (words[:4], ["--runner=Flink", "--", "x"])
    assert split_beam_options(["code", "--", "-odd.txt"]) == (["code", "--", "-odd.txt"], [])
    assert split_beam_options(["--debug", "run", "--", "--x"]) == (["--debug", "run"], ["--x"])


def test_a_reader_that_leaves_is_no_error() -> None:
    script = (
        "import sys, pipeline.commands.status as status; from pipeline.__main__ import main;"
        "status.status_command = lambda store: [print('x' * 200) for _ in range(5000)] and 0;"
        "sys.exit(main(['status', '--store', 'x']))"
    )
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("wiretally ex", {"explain", "export"}),
        ("wiretally export ac", {"activity"}),
        ("wiretally run --format gua", {"guardian"}),
    ],
)
def test_the_shell_completes_commands_tables_and_formats(typed: str, offered: set[str]) -> None:
    words = {"_WIRETALLY_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = python("-m", "pipeline", env=os.environ | words)
    assert (set(done.stdout.split()), done.stderr) == (offered, "")


def sections() -> dict[str, str]:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    parts = re.split(r"^## (\S+)$", page, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands_of(name: str) -> dict[str, Any]:
    """The command of a name, or those under it, by the words that call them."""
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    under = getattr(command, "commands", {})
    return {f"{name} {word}": one for word, one in under.items()} or {name: command}


def test_the_page_has_every_command_and_no_other() -> None:
    assert set(sections()) == {*COMMANDS, "Formats"}
    assert set(get_command(app).commands) == {*COMMANDS}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_names_every_option_and_no_other(name: str) -> None:
    real = {
        option
        for command in commands_of(name).values()
        for param in command.params
        for option in param.opts
        if option.startswith("-")
    }
    rows = re.findall(r"^\| (`-.*?) \|", sections()[name], flags=re.M)
    told = set(re.findall(r"(?<=[` ,])(--?[a-z][a-z-]*)", " ".join(rows)))
    assert told == real


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_shows_examples_that_parse(name: str) -> None:
    examples = re.findall(r"^    (?:.*\| )?(wiretally .*?)(?: [|<>] .*)?$", sections()[name], flags=re.M)[1:]
    assert any(example.startswith(f"wiretally {name} ") for example in examples)
    for example in examples:
        words, _ = split_beam_options(shlex.split(example)[1:])
        known = commands_of(words[0])
        at = 2 if words[0] in ("lexicon", "sync") else 1
        known[" ".join(words[:at])].make_context(words[at - 1], words[at:], obj={"beam_options": []})


def test_the_page_names_every_format_and_shows_a_mapping_that_loads(tmp_path: Path) -> None:
    page = sections()["Formats"]
    bullets = " ".join(re.findall(r"^(?:- |  \S).*$", page, flags=re.M))
    assert set(re.findall(r"`([a-z-]+)`", bullets)) == set(FORMATS)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text("\n".join(line[4:] for line in page.splitlines() if line.startswith("    ")))
    assert load_shapes(user=mapping).names[0] == "my-feed"


def test_exit_codes_are_those_of_the_page() -> None:
    page = Path(ROOT / "docs" / "cli.md").read_text("utf-8")
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", page, flags=re.M)]
    assert codes == [
        errors.OK, errors.FAILURE, errors.USAGE, errors.INPUT, errors.INTERRUPTED, errors.PIPE_CLOSED
    ]  # fmt: skip
