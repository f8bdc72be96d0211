"""`wiretally stream`: from a folder that fills to a store that grows, and what a person sees of it."""

import signal
from pathlib import PurePath
from types import FrameType

from pipeline.errors import remark
from pipeline.streaming.config import StreamConfig
from pipeline.streaming.ledger import stream_of
from pipeline.streaming.running import run_stream
from pipeline.terminal import counted
from schemas.tables import RunRow


def stream_command(config: StreamConfig, quiet: bool) -> int:
    """Stream, with a line on stderr for every commit; see `docs/cli.md`."""
    signal.signal(signal.SIGTERM, _interrupt)
    if not quiet:
        remark(f"watching {config.folder} for {config.store}; Ctrl-C ends it")
    try:
        run_stream(config, _silent if quiet else _tell, remark)
    except KeyboardInterrupt:
        if not quiet:
            remark("stopped; what was not committed is read again at the next start")
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _silent(_row: RunRow) -> None:
    """Nothing is told."""


def _tell(row: RunRow) -> None:
    said = stream_of(row) or {}
    parts = [
        f"{row.finished:%H:%M:%S}",
        f"+{counted(row.articles_kept + row.duplicates, 'article')} ({counted(row.duplicates, 'duplicate')})",
        counted(row.events, "event"),
    ]
    parts += [counted(row.replays, "replay")] if row.replays else []
    parts += [counted(row.rejects, "reject")] if row.rejects else []
    late = said.get("firings", {}).get("late", 0)
    parts += [f"{late:,} late"] if late else []
    names = [PurePath(stamp.split(":", 2)[2]).name for stamp in said.get("done", ())]
    parts += (
        [f"done: {', '.join(names[:3])}{f' and {len(names) - 3} more' if names[3:] else ''}"] if names else []
    )
    for partitions in said.get("offsets", {}).values():
        parts += [f"up to {', '.join(f'{name}/{spans[-1][1]}' for name, spans in partitions.items())}"]
    remark("  ".join(parts))
