"""What commands on a large store take: `python -m benchmarks.upkeep [ORIGINALS]`.

About one and a half times as many generated articles are read in two runs, the second is read again, and the
store is checked and compacted, each in a process of its own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks.many import many_articles

_MEASURED = """
import json, resource, sys
from pipeline.__main__ import main
code = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), file=sys.stderr)
sys.exit(code)
"""


def measure(words: Sequence[str]) -> tuple[float, float]:
    """Seconds of processor time and MiB of memory at most that a command takes."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *words], check=True, capture_output=True, text=True
    )
    seconds, memory = json.loads(done.stderr.splitlines()[-1])
    return seconds, memory


def main(originals: int = 33_000) -> None:
    """Make the store, and print the table."""
    records = many_articles(originals)
    table = Table(
        "command", "processor s", "peak MiB", title=f"A store of {len(records):,} generated articles"
    )
    half = len(records) // 2
    with tempfile.TemporaryDirectory() as name:
        store, dumps = str(Path(name, "store")), [Path(name, "one.jsonl"), Path(name, "two.jsonl")]
        for dump, some in zip(dumps, (records[:half], records[half:]), strict=True):
            dump.write_bytes(b"\n".join(map(orjson.dumps, some)))
        first, second = (["run", str(dump), "--quiet"] for dump in dumps)
        for what, words in (
            ("run, first half", first),
            ("run, second half", second),
            ("run, second half again", second),
            ("verify", ["verify"]),
            ("maintain", ["maintain"]),
        ):
            seconds, memory = measure([*words, "--store", store])
            table.add_row(what, f"{seconds:.1f}", f"{memory:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
