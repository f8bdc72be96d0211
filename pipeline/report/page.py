"""The page as its template writes it: rows of finished texts and drawings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pipeline.report import shapes
from pipeline.report.model import Count, Quality, Report, Strip
from pipeline.report.rules import windows
from pipeline.report.views import (
    CELLS,
    ActorRow,
    Matrix,
    Mover,
    actor_rows,
    default_choice,
    matrix,
    movers,
)
from pipeline.terminal import counted
from schemas import EventType, Modality, Role, Side

ROWS = 50
"""Actors in the tables before a reader asks for all."""


class Name(NamedTuple):
    """An actor as it is written."""

    at: int
    id: str
    name: str
    side: str
    parent: str


class Cell(NamedTuple):
    """A count that leads to its stories, with what a screen reader says of it."""

    stories: int
    shade: int
    label: str


class SeriesRow(NamedTuple):
    """An actor's line in the table of series."""

    actor: Name
    row: ActorRow
    bars: str
    marks: str
    label: str
    peak: str
    unusual: list[tuple[int, str]]
    last: str


class MoverRow(NamedTuple):
    """An actor's line in the table of movers."""

    actor: Name
    now: int
    before: float
    percent: str
    level: str
    style: str


class Tile(NamedTuple):
    """A figure of the strip."""

    name: str
    value: str
    note: str


def page_of(report: Report, without_details: int) -> dict[str, Any]:
    """Everything that the template names."""
    choice = default_choice(report)
    rows = actor_rows(report, choice)
    return {
        "title": _title(report.strip),
        "unit": report.unit.value,
        "tiles": tiles(report),
        "languages": report.strip.languages,
        "strip": report.strip,
        "coverage": _coverage(report.coverage),
        "movers": [mover_row(report, mover) for mover in movers(report, choice)],
        "window": window_note(report),
        "series": [series_row(report, row) for row in rows[:ROWS]],
        "volume": _volume(report),
        "width": max(len(report.labels) - report.shown, 1) * shapes.STEP,
        "height": shapes.HEIGHT,
        "heat": heat(report, rows[:ROWS]),
        "columns": CELLS,
        "rows": len(rows),
        "rows_shown": min(len(rows), ROWS),
        "matrix": matrix_rows(report, matrix(report, choice)),
        "quality": _quality(report.quality),
        "without_details": without_details,
        "labels": list(enumerate(report.labels))[report.shown :],
        "parents": _parents(report),
        "types": list(EventType),
        "roles": list(Role),
        "sides": list(Side),
        "modalities": list(Modality),
        "undated": choice.undated,
    }


def _title(strip: Strip) -> str:
    return f"{strip.first_day} to {strip.last_day}" if strip.first_day else "no dated article"


def name_of(report: Report, index: int) -> Name:
    """An actor as it is written, with the nearest that it belongs to."""
    actor = report.actors[index]
    parent = report.actors[actor.lineage[1]].name if len(actor.lineage) > 1 else ""
    return Name(index, actor.actor_id, actor.name, actor.side.value, parent)


def tiles(report: Report) -> list[Tile]:
    """The figures of the strip."""
    strip = report.strip
    return [
        Tile("Articles", shapes.number(strip.period_articles), f"{strip.store_articles:,} in the store"),
        Tile("Stories", shapes.number(strip.period_stories), f"{strip.store_stories:,} in the store"),
        Tile("Duplicates", shapes.number(strip.period_duplicates), "copies among the articles of the period"),
        Tile("Rejects", shapes.number(strip.rejects), "records that could not be used, in all runs"),
        Tile("Undated events", shapes.number(strip.undated_events), "in no period unless you ask for them"),
        Tile("Outside", shapes.number(strip.events_outside), "events of other days in the store"),
        Tile("Newest article", _moment(strip.last_published), f"oldest {_moment(strip.first_published)}"),
        Tile("Last run", _moment(strip.last_run), f"UTC; runs: {strip.runs:,}"),
        Tile("Lexicon", ", ".join(strip.lexicons) or "none", _lexicon_note(strip.lexicons)),
    ]


def _lexicon_note(lexicons: Sequence[str]) -> str:
    return (
        "version that coded the events"
        if len(lexicons) < 2
        else "several versions: counts may differ by them"
    )


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "none"


def _coverage(years: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    most = max((count for _, count in years), default=1)
    return [(year, count, max(1, 100 * count // most)) for year, count in years]


def mover_row(report: Report, mover: Mover) -> MoverRow:
    """A mover as it is written."""
    now, before, _, level = mover.change
    style = shapes.level_class(level)
    return MoverRow(
        name_of(report, mover.actor), now, before, shapes.percent(mover.change), level.value, style
    )


def window_note(report: Report) -> str:
    """Which windows are compared, and what the reader must know of them."""
    if not report.labels:
        return "Nothing is compared: no article has a date."
    now, before = windows(report.volume, report.whole, report.unit)
    if not before:
        return "Nothing is compared: the store has no story from the time before."
    read = sum(report.volume[i] for i in now)
    average = sum(report.volume[i] for window in before for i in window) / len(before)
    ends = f"{report.labels[now[0]]} to {report.labels[now[-1]]}" if len(now) > 1 else report.labels[now[0]]
    note = (
        f"{ends} against the average of {len(before)} such windows before. "
        f"The store read {read:,} stories then, {shapes.decimal(average)} on average before."
    )
    if abs(read - average) <= average / 4:
        return note
    return f"{note} That is {'more' if read > average else 'less'} than before: compare with care."


def series_row(report: Report, row: ActorRow) -> SeriesRow:
    """An actor's series as it is drawn and told."""
    name, labels = name_of(report, row.actor), report.labels[report.shown :]
    peak = max(row.series, default=0)
    told = f"{peak:,} on {labels[row.series.index(peak)]}" if peak else ""
    seen = [label for label, count in zip(labels, row.series, strict=True) if count]
    unusual = [(i + report.shown, labels[i]) for i in row.marks]
    label = f"{name.name}: {counted(row.stories, 'story', 'stories')}"
    label += f", most {told}" if told else ""
    label += f", unusual {', '.join(day for _, day in unusual)}" if unusual else ""
    return SeriesRow(
        name,
        row,
        shapes.bars(row.series),
        shapes.marks(row.marks),
        label,
        told,
        unusual,
        seen[-1] if seen else "",
    )


def _volume(report: Report) -> dict[str, Any]:
    series = report.volume[report.shown :]
    return {
        "gaps": shapes.gaps(series),
        "bars": shapes.bars(series),
        "stories": report.strip.period_stories,
        "peak": max(series, default=0),
    }


def heat(report: Report, rows: Sequence[ActorRow]) -> list[tuple[Name, list[Cell]]]:
    """The lines of the heat-map."""
    most = max((count for row in rows for count in row.cells), default=0)
    lines = []
    for row in rows:
        name = name_of(report, row.actor)
        cells = [
            Cell(
                count,
                shapes.shade(count, most),
                f"{counted(count, 'story', 'stories')}: {name.name}, {event_type}, {role}",
            )
            for count, (event_type, role) in zip(row.cells, CELLS, strict=True)
        ]
        lines.append((name, cells))
    return lines


def matrix_rows(report: Report, found: Matrix) -> dict[str, Any]:
    """The matrix as it is drawn."""
    most = max((count for row in found.cells for count in row), default=0)
    agents = [name_of(report, actor) for actor in found.agents]
    patients = [name_of(report, actor) for actor in found.patients]
    lines = [
        (
            agent,
            [
                Cell(
                    count,
                    shapes.shade(count, most),
                    f"{counted(count, 'story', 'stories')}: {agent.name} against {patient.name}",
                )
                for patient, count in zip(patients, row, strict=True)
            ],
        )
        for agent, row in zip(agents, found.cells, strict=True)
    ]
    return {"patients": patients, "lines": lines, "hidden": found.hidden}


def _quality(quality: Quality) -> list[tuple[str, str, Sequence[Count]]]:
    return [
        (
            "Where every record went",
            "read = kept + duplicates + replays + rejects + outside",
            quality.reckoning,
        ),
        (
            "Rejects by reason",
            "The table rejects has every one of them, with its raw bytes.",
            quality.rejects,
        ),
        ("Dates", "Articles whose events may count on the wrong day, or on none.", quality.dates),
        ("Texts", "Articles of which less was seen than was written.", quality.texts),
        (
            "Languages not coded",
            "Their articles are kept and counted as stories, but give no event.",
            quality.languages,
        ),
        ("Actors unknown", "Events that happened whose actor the text does not tell.", quality.unknown),
    ]


def _parents(report: Report) -> list[tuple[int, str]]:
    found = {step for actor in report.actors for step in actor.lineage[1:]}
    return sorted(((i, report.actors[i].name) for i in found), key=lambda parent: (parent[1], parent[0]))
