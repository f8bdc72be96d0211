"""Beam's options and noise."""

import logging
import pickle
import subprocess
import sys

import pytest
from apache_beam.options.pipeline_options import DirectOptions

from pipeline.config import RunConfig
from pipeline.engine import beam_options, without_noise
from schemas import ConfigError
from tests.conftest import ROOT


def _arguments(**options: object) -> list[str]:
    return RunConfig.of(inputs=("d",), store="s", **options).beam_arguments()


def test_direct_is_the_engine_in_this_process() -> None:
    assert _arguments() == ["--runner=FnApiRunner"]


@pytest.mark.parametrize("words", [("--runner=DirectRunner",), ("--runner", "DirectRunner")])
def test_a_runner_of_beams_own_options_wins(words: tuple[str, ...]) -> None:
    assert _arguments(beam_options=words) == list(words)


def test_other_runners_and_options_pass_through() -> None:
    words = ("--direct_num_workers=2", "--direct_running_mode=multi_processing")
    assert _arguments(runner="PortableRunner", beam_options=words) == ["--runner=PortableRunner", *words]
    options = beam_options(_arguments(beam_options=words)).get_all_options()
    assert (options["direct_num_workers"], options["direct_running_mode"]) == (2, "multi_processing")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": ()}, "at least one dump"),
        ({"published_from": "2024-12-09", "published_to": "2024-12-08"}, "--from 2024-12-09 is after"),
        ({"published_from": "yesterday"}, "--from: .*'yesterday'"),
        ({"runner": "Flink", "beam_options": ("--runner=x",)}, "given twice"),
        ({"colour": "red"}, "--colour"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        RunConfig.of(**({"inputs": ("d",), "store": "s"} | options))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--no_such_option=1"], "no option --no_such_option"),
        (["--direct_num_workers=many"], "direct_num_workers.*many"),
        (["--runner=NoSuchRunner"], "NoSuchRunner"),
    ],
)
def test_what_beam_does_not_know_is_a_config_error(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigError, match=message):
        beam_options(arguments)
    assert capfd.readouterr().err == ""


def test_importing_beam_says_nothing_and_leaves_the_root_logger_alone() -> None:
    program = (
        "import logging\nfrom pipeline.engine import import_beam\nimport_beam()\n"
        "assert not logging.getLogger().handlers\nassert logging.getLogger().isEnabledFor(logging.WARNING)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_only_noise_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    with without_noise():
        logging.warning("This output type hint will be ignored and not used")
        logging.warning("the disk is nearly full")
    assert caplog.messages == ["the disk is nearly full"]
    logging.warning("This output type hint will be ignored again")
    assert len(caplog.messages) == 2


def test_a_view_of_options_is_made_once_and_shares_their_values() -> None:
    options = beam_options(["--runner=FnApiRunner", "--direct_num_workers=2"])
    view = options.view_as(DirectOptions)
    assert view is options.view_as(DirectOptions)
    view.direct_num_workers = 3
    assert options.get_all_options()["direct_num_workers"] == 3
    assert pickle.loads(pickle.dumps(options)).view_as(DirectOptions).direct_num_workers == 3
