"""Which counts new events touch: months, and the weeks that cross them."""

from collections.abc import Iterable
from datetime import date, timedelta

from schemas.lexicon import Lexicon
from transforms.logic.counting.activity import ActorRef, Lineage
from transforms.logic.counting.rows import UNDATED_MONTH, month_of


def touched_months(day: date | None) -> frozenset[str]:
    """The partitions whose counts an event of this day changes: its month's and its week's Monday's."""
    if day is None:
        return frozenset({UNDATED_MONTH})
    return frozenset({month_of(day), month_of(monday_of(day))})


def months_to_read(touched: Iterable[str]) -> frozenset[str]:
    """The months whose events count in touched partitions: a week that begins in one may end in the next."""
    touched = frozenset(touched)
    return touched | {next_month(month) for month in touched if month != UNDATED_MONTH}


def next_month(month: str) -> str:
    """`2024-12` -> `2025-01`."""
    return month_of(date.fromisoformat(f"{month}-28") + timedelta(days=4))


def monday_of(day: date) -> date:
    """The first day of the day's week."""
    return day - timedelta(days=day.weekday())


def lineage_of(lexicon: Lexicon) -> Lineage:
    """Which actors each actor counts for, as counting wants it."""
    return {
        actor_id: tuple(ActorRef(one.actor_id, one.who, one.side.value) for one in ancestors)
        for actor_id, ancestors in lexicon.lineage.items()
    }
