"""`wiretally maintain`: upkeep of a store."""

from datetime import UTC, datetime

from pipeline.run import new_run_id
from pipeline.store.maintenance import maintain
from pipeline.terminal import facts, sheet


def maintain_command(uri: str, keep_days: int) -> int:
    """Compact and clean the store, then say what became of its files; see `docs/cli.md`."""
    upkeep = maintain(uri, new_run_id(datetime.now(UTC)), keep_days)
    before, after = sum(upkeep.before.values()), sum(upkeep.after.values())
    sheet().print(
        facts(
            [("files", f"{before:,} before, {after:,} now"), ("removed", f"{upkeep.removed:,} old files")],
            indent=0,
        )
    )
    return 0
