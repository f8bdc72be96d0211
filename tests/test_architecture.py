"""Imports run one way, and what needs no Beam imports none."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("schemas", "seeds", "transforms", "pipeline")
MAY_IMPORT = {
    "schemas": {"schemas"},
    "seeds": {"seeds"},
    "logic": {"schemas", "logic", "seeds"},
    "stage": {"schemas", "logic", "stage"},
    "pipeline": {"schemas", "logic", "stage", "pipeline", "seeds"},
}
HELPERS = {f"transforms.{name}" for name in ("coders", "files", "lookup", "metrics", "objects")}
"""Modules beside the stages that stages share."""


def _modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _layer(module: str) -> str | None:
    if module.startswith("transforms.logic"):
        return "logic"
    top = module.partition(".")[0]
    return {"transforms": "stage"}.get(top, top if top in PACKAGES else None)


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (_full(node.module or "", alias.name) for alias in node.names)


def _full(module: str, name: str) -> str:
    """`from transforms import logic` names the module `transforms.logic`."""
    whole = ROOT.joinpath(*f"{module}.{name}".split("."))
    return f"{module}.{name}" if whole.is_dir() or whole.with_suffix(".py").is_file() else module


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_imports_run_one_way(path: Path) -> None:
    module = _name(path)
    layer = _layer(module)
    assert layer is not None
    for imported in _imports(path):
        target = _layer(imported)
        assert target is None or target in MAY_IMPORT[layer], f"{module} imports {imported}"


@pytest.mark.parametrize("path", sorted((ROOT / "transforms").glob("*.py")), ids=_name)
def test_stages_do_not_import_each_other(path: Path) -> None:
    others = {name for name in _imports(path) if _layer(name) == "stage"} - HELPERS - {_name(path)}
    assert _name(path) == "transforms" or not others


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_only_stages_and_the_pipeline_import_beam(path: Path) -> None:
    if _layer(_name(path)) not in ("stage", "pipeline"):
        assert not [name for name in _imports(path) if name.partition(".")[0] == "apache_beam"]


def test_logic_runs_where_beam_is_not_installed() -> None:
    """As does everything that only reads a store."""
    modules = [_name(path) for path in _modules() if _layer(_name(path)) in ("schemas", "logic")]
    program = "import sys; sys.modules['apache_beam'] = None\nimport " + ", ".join(
        [*modules, "pipeline.store"]
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
