"""The wheel holds everything that the program reads."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("schemas", "transforms", "pipeline", "seeds")
FILES = ("pyproject.toml", "README.md", "LICENSE")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the project, which the build would otherwise leave its traces in."""
    folder = tmp_path_factory.mktemp("project")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", "made"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=folder, check=True)
    (made,) = (folder / "made").glob("wiretally-*.whl")
    return made


def _names(paths: Iterable[Path]) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in paths if path.is_file() and path.suffix != ".pyc"}


def test_every_file_of_the_packages_is_in_it_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == _names(path for package in PACKAGES for path in (ROOT / package).rglob("*"))


def test_it_carries_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith(".dist-info/licenses/LICENSE") for name in archive.namelist())


def test_it_codes_its_own_sample_far_from_the_project(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    article = tmp_path / "site" / "seeds" / "sample" / "texts" / "2024-12-07_iran_evacuation.txt"
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import pipeline, seeds;"
        f"assert pipeline.__file__.startswith({str(tmp_path)!r}), pipeline.__file__;"
        "from pipeline.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    coded = subprocess.run(
        [sys.executable, "-c", program, "code", str(article)],
        cwd=tmp_path,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert '"actor":"IRN:state"' in coded.stdout
