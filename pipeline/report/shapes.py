"""How numbers, changes and series look. `static/cells.js` draws the same in the browser."""

from collections.abc import Sequence
from math import floor, sqrt

from pipeline.report.rules import Change, Level

STEP, HEIGHT = 4, 24
"""Width of a bar with its gap, and height of a series, in units of its drawing."""

_TALLEST = 19
_SHADES = 5


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


def decimal(value: float) -> str:
    """An average, to two places where it is not whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(change: Change) -> str:
    """A change in words: signed percent, or what there is instead."""
    if change.percent is None:
        return "from none"
    rounded = floor(abs(change.percent) + 0.5)
    return f"{'+' if change.percent > 0 else '−' if rounded else ''}{rounded:,} %"


def bars(series: Sequence[int]) -> str:
    """The path of a series: a bar for each bin that is not empty, the tallest for the peak."""
    peak = max(series, default=0)
    return "".join(
        f"M{i * STEP} {HEIGHT}v-{max(1, floor(_TALLEST * count / peak + 0.5))}h3V{HEIGHT}z"
        for i, count in enumerate(series)
        if count
    )


def marks(places: Sequence[int]) -> str:
    """The path of the marks above unusual bins."""
    return "".join(f"M{i * STEP - 1} 0h5l-2.5 4z" for i in places)


def gaps(volume: Sequence[int]) -> str:
    """The path of the bins from which the store has no story: nothing was read, so nothing can be told."""
    places = [i for i, count in enumerate(volume) if not count]
    starts = [i for i in places if i == 0 or volume[i - 1]]
    ends = [i + 1 for i in places if i + 1 == len(volume) or volume[i + 1]]
    runs = zip(starts, ends, strict=True)
    return "".join(f"M{start * STEP} 0H{end * STEP}V{HEIGHT}H{start * STEP}z" for start, end in runs)


def shade(count: int, most: int) -> int:
    """How dark a cell is, 0 for none to 5; the root spreads the small counts."""
    return 0 if not count else max(1, min(_SHADES, floor(_SHADES * sqrt(count / most) + 0.5)))


def level_class(level: Level) -> str:
    """The style of a level."""
    return {
        Level.NEW: "up",
        Level.LARGE: "up",
        Level.MODERATE: "up",
        Level.DECREASE: "down",
        Level.LOW: "low",
        Level.LIMITED: "flat",
        Level.VOLUME: "flat",
    }[level]
