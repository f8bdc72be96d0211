"""Fuzz targets one after the other: `python -m tests.fuzz [TARGET ...] [--seconds N]`.

Each target runs in a process of its own under libFuzzer by atheris, guided by the coverage of our code and of
the pure Python below it. Inputs that reached something new stay in `out/fuzz/TARGET` and are where the next
hunt begins; those that break the property are left in `out/fuzz/found`.
"""

import argparse
import hashlib
import subprocess
import sys
from collections.abc import Sequence

from tests.conftest import ROOT
from tests.fuzz.targets import TARGETS

CORPORA = ROOT / "out" / "fuzz"
FOUND = CORPORA / "found"
SECONDS_PER_INPUT = 20
MEMORY = 2048
"""MiB that a target may take, the lexicon and the corpus in it."""
LONGEST = 16_384


def main(words: Sequence[str]) -> int:
    """Hunt with every target named, or all; the exit code is 1 if one found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    options = parser.parse_args(words)
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    return max([hunt(name, options.seconds) for name in options.targets or TARGETS])


def hunt(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own; 1 if it found something."""
    corpus = CORPORA / name
    for folder in (corpus, FOUND):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in TARGETS[name].seeds():
        (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    options = {
        "max_total_time": seconds,
        "timeout": SECONDS_PER_INPUT,
        "rss_limit_mb": MEMORY,
        "max_len": LONGEST,
        "artifact_prefix": f"{FOUND}/{name}-",
        "print_final_stats": 1,
    }
    before = set(FOUND.glob(f"{name}-*"))
    flags = [f"-{key}={value}" for key, value in options.items()]
    words = [sys.executable, "-m", "tests.fuzz.worker", name, str(FOUND), *flags, str(corpus)]
    done = subprocess.run(words, cwd=ROOT, check=False)
    found = [path for path in set(FOUND.glob(f"{name}-*")) - before if "slow-unit" not in path.name]
    told = f"{len(found)} files in {FOUND}" if found else "nothing found"
    sys.stdout.write(f"{name}: {told}\n")
    return int(bool(found) or done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
