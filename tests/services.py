"""Services that the scripts of `examples` start for tests."""

from pathlib import Path


def ports_of(folder: Path) -> dict[str, str]:
    """The ports that a script has chosen, by name, from the folder that it was started with."""
    lines = (folder / "ports").read_text(encoding="utf-8").split()
    return dict(line.split("=") for line in lines)
