"""What the page shows before anybody chooses anything, computed from the model.

`static/views.js` computes the same in the browser for other choices; a test holds the two to each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.report.model import Fact, Pair, Report
from pipeline.report.rules import Change, Level, change, read_ratio, unusual, windows
from schemas import EventType, Modality, Role

CELLS = tuple((event_type, role) for event_type in EventType for role in Role)
"""The columns of the heat-map."""

MOVERS = 20
FEW = 8
"""Movers that are listed even when there are too few stories to tell."""

MATRIX = 12


@dataclass(frozen=True)
class Choice:
    """Which facts count. None is any; `undated` also takes events of unknown day."""

    event_type: EventType | None = None
    role: Role | None = None
    modality: Modality | None = Modality.ACTUAL
    undated: bool = False


class ActorRow(NamedTuple):
    """One actor with its parts: distinct stories, articles, outlets, and stories by bin of the period."""

    actor: int
    stories: int
    articles: int
    outlets: int
    series: tuple[int, ...]
    marks: tuple[int, ...]
    cells: tuple[int, ...]


class Mover(NamedTuple):
    """One actor and how its stories changed."""

    actor: int
    change: Change


class Matrix(NamedTuple):
    """Stories in which the agent of a row did something to the patient of a column; `hidden` are its pairs
    with other agents or patients."""

    agents: tuple[int, ...]
    patients: tuple[int, ...]
    cells: tuple[tuple[int, ...], ...]
    hidden: int


def default_choice(report: Report) -> Choice:
    """What happened, on days that are known; where no day is known, all that happened."""
    return Choice(undated=not any(fact.bin is not None for fact in report.facts))


def chosen(report: Report, choice: Choice) -> Iterator[Fact]:
    """The facts that count, those before the period included, since rules compare with them."""
    for fact in report.facts:
        if (
            (choice.event_type is None or fact.event_type == choice.event_type)
            and (choice.role is None or fact.role == choice.role)
            and (choice.modality is None or fact.modality == choice.modality)
            and (fact.bin is not None or choice.undated)
        ):
            yield fact


def actor_rows(report: Report, choice: Choice) -> list[ActorRow]:
    """Every actor of the period, most stories first, then articles, then by id."""
    by_actor: dict[int, list[Fact]] = defaultdict(list)
    for fact in chosen(report, choice):
        for actor in report.actors[fact.actor].lineage:
            by_actor[actor].append(fact)
    rows = (_actor_row(report, actor, facts) for actor, facts in by_actor.items())
    return sorted(
        (row for row in rows if row.stories), key=lambda row: (-row.stories, -row.articles, row.actor)
    )


def _actor_row(report: Report, actor: int, facts: Sequence[Fact]) -> ActorRow:
    inside = [fact for fact in facts if fact.bin is None or fact.bin >= report.shown]
    articles = {fact.article for fact in inside}
    series = series_of(report, facts)
    return ActorRow(
        actor=actor,
        stories=len({report.articles[article].story for article in articles}),
        articles=len(articles),
        outlets=len({report.articles[article].outlet for article in articles} - {""}),
        series=tuple(series[report.shown :]),
        marks=tuple(
            i - report.shown for i in unusual(series, report.volume, report.unit) if i >= report.shown
        ),
        cells=tuple(_stories(report, inside, event_type, role) for event_type, role in CELLS),
    )


def _stories(report: Report, facts: Iterable[Fact], event_type: EventType, role: Role) -> int:
    return len(
        {
            report.articles[fact.article].story
            for fact in facts
            if fact.event_type == event_type and fact.role == role
        }
    )


def series_of(report: Report, facts: Iterable[Fact]) -> list[int]:
    """Distinct stories by bin, from bin 0 on."""
    stories: list[set[int]] = [set() for _ in report.labels]
    for fact in facts:
        if fact.bin is not None:
            stories[fact.bin].add(report.articles[fact.article].story)
    return [len(some) for some in stories]


def movers(report: Report, choice: Choice) -> list[Mover]:
    """The actors whose stories changed most at the end of the period.

    Those with too few to tell come last, and only so many that the list is not nearly empty.
    """
    now, before = windows(report.volume, report.whole, report.unit)
    if not before:
        return []
    stories: dict[tuple[int, int], set[int]] = defaultdict(set)
    places = {i: place for place, window in enumerate([now, *before]) for i in window}
    for fact in chosen(report, choice):
        if fact.bin in places:
            for actor in report.actors[fact.actor].lineage:
                stories[actor, places[fact.bin]].add(report.articles[fact.article].story)
    read = read_ratio(report.volume, now, before)
    found = []
    for actor in sorted({actor for actor, _ in stories}):
        counts = [len(stories.get((actor, place), ())) for place in range(len(before) + 1)]
        found.append(Mover(actor, change(counts[0], counts[1:], read)))
    found.sort(key=_mover_order)
    told = sum(mover.change.level is not Level.LOW for mover in found)
    return found[: min(max(told, FEW), MOVERS)]


def _mover_order(mover: Mover) -> tuple[bool, float, int]:
    return mover.change.level is Level.LOW, -abs(mover.change.now - mover.change.before), mover.actor


def matrix(report: Report, choice: Choice) -> Matrix:
    """Who did something to whom in the period, by the states and groups that everybody belongs to."""
    stories: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pair in report.pairs:
        if _pair_counts(report, pair, choice):
            for key in tops_of(report, pair):
                stories[key].add(report.articles[pair.article].story)
    counts = {key: len(some) for key, some in stories.items()}
    busy = _busiest(counts, 0), _busiest(counts, 1)
    met = [key for key in counts if key[0] in busy[0] and key[1] in busy[1]]
    agents, patients = (tuple(a for a in busy[side] if any(key[side] == a for key in met)) for side in (0, 1))
    shown = tuple(tuple(counts.get((agent, patient), 0) for patient in patients) for agent in agents)
    return Matrix(agents, patients, shown, len(counts) - sum(cell > 0 for row in shown for cell in row))


def _pair_counts(report: Report, pair: Pair, choice: Choice) -> bool:
    return (
        (choice.event_type is None or pair.event_type == choice.event_type)
        and (choice.modality is None or pair.modality == choice.modality)
        and (choice.undated if pair.bin is None else pair.bin >= report.shown)
    )


def tops_of(report: Report, pair: Pair) -> Iterator[tuple[int, int]]:
    """The pairs of states or groups that a pair counts for; none, when parts of one act on each other."""
    for agent in _tops(report, pair.agent):
        for patient in _tops(report, pair.patient):
            if agent != patient or pair.agent == pair.patient:
                yield agent, patient


def _tops(report: Report, actor: int) -> list[int]:
    return [step for step in report.actors[actor].lineage if len(report.actors[step].lineage) == 1]


def _busiest(counts: dict[tuple[int, int], int], side: int) -> tuple[int, ...]:
    sums: dict[int, int] = defaultdict(int)
    for key, count in counts.items():
        sums[key[side]] += count
    return tuple(sorted(sums, key=lambda actor: (-sums[actor], actor))[:MATRIX])


def reached(report: Report) -> set[int]:
    """The articles that some mark of the page leads to."""
    return {fact.article for fact in report.facts if fact.bin is None or fact.bin >= report.shown}


def by_weight(report: Report) -> list[int]:
    """The stories, those of most outlets first, then articles, then the newest."""
    newest: dict[int, str] = {}
    for article in report.articles:
        newest[article.story] = max(newest.get(article.story, ""), article.day)
    order = sorted(range(len(report.stories)), key=lambda story: newest.get(story, ""), reverse=True)
    return sorted(order, key=lambda story: (-report.stories[story].outlets, -report.stories[story].articles))
