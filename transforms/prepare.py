"""Raw records to coded articles without text, in one fused stage."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.window import GlobalWindow
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.shared import Shared
from apache_beam.utils.windowed_value import WindowedValue

from schemas import PreparedArticle, RawArticle, Reject
from schemas.lexicon import Lexicon
from transforms.logic.deduplicating import History, Replay
from transforms.logic.deduplicating.history import NO_HISTORY
from transforms.logic.preparing import Outcome
from transforms.logic.preparing import RecordFaultError as RecordFaultError
from transforms.logic.workers import Recipe, Workers
from transforms.metrics import BatchCounters

_REJECTS: Literal["rejects"] = "rejects"
_TALLIES: Literal["tallies"] = "tallies"

RejectOut = TaggedOutput[Literal["rejects"], Reject]
TallyOut = TaggedOutput[Literal["tallies"], tuple[str, int]]
_Output = PreparedArticle | RejectOut | TallyOut


class Prepared(NamedTuple):
    """Articles, records that cannot be used, and tallies of those set aside."""

    articles: PCollection[PreparedArticle]
    rejects: PCollection[Reject]
    tallies: PCollection[tuple[str, int]]


class PrepareArticles(beam.PTransform[PCollection[list[RawArticle]], Prepared]):
    """Batches of raw records -> `Prepared`. Each record comes out once: article, reject, or in a tally of
    those `outside` the chosen days or `replays` of what `history` holds, which are not coded again.

    Args:
        lexicon: what the coder knows; it travels to the workers, the coder is built there, once a process.
        keep_text: let the text leave this stage.
        published_from: first day of publication to take, in UTC.
        published_to: last day of publication to take.
        workers: with more than one, batches are prepared in so many processes beside that of the stage. What
            comes out is the same, in the same order.
        history: the articles whose ids every process holds; it need not be all that the store has.

    Raises:
        RecordFaultError: in the run, when anything but `RejectableError` happens on a record.
        WorkerDiedError: in the run, when a process beside this one ends.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        keep_text: bool = False,
        published_from: date | None = None,
        published_to: date | None = None,
        workers: int = 1,
        history: History = NO_HISTORY,
    ) -> None:
        super().__init__()
        recipe = Recipe.of(lexicon, keep_text, published_from, published_to, history)
        self._prepare = _PrepareFn(recipe) if workers == 1 else _PrepareBesideFn(recipe, workers)

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, batches: PCollection[list[RawArticle]]) -> Prepared:
        """One DoFn with three outputs."""
        outputs = batches | "PrepareBatch" >> beam.ParDo(self._prepare).with_outputs(
            _REJECTS, _TALLIES, main="articles"
        )
        return Prepared(outputs["articles"], outputs[_REJECTS], outputs[_TALLIES])


class _PrepareFn(beam.DoFn):
    """In this process."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._coders, self._held = Shared(), Shared()

    def setup(self) -> None:
        coder = self._coders.acquire(self._recipe.coder, tag=self._recipe.version)
        self._preparer = self._recipe.preparer(coder, self._held.acquire(self._recipe.held))
        self._counters = BatchCounters()

    def process(self, batch: list[RawArticle]) -> Iterator[_Output]:
        return _told(batch, map(self._preparer.outcome, batch), self._counters)


class _PrepareBesideFn(beam.DoFn):
    """In processes beside this one, which work on later batches while the outcomes of one go on."""

    def __init__(self, recipe: Recipe, workers: int) -> None:
        self._recipe = recipe
        self._number = workers

    def setup(self) -> None:
        self._workers = Workers(self._number, self._recipe)
        self._counters = BatchCounters()

    def process(self, batch: list[RawArticle]) -> Iterator[_Output]:
        self._workers.send(batch)
        for done in self._workers.ready():
            yield from _told(*done, self._counters)

    def finish_bundle(self) -> Iterator[Any]:
        for done in self._workers.rest():
            yield from map(_in_window, _told(*done, self._counters))

    def teardown(self) -> None:
        self._workers.stop()


def _told(batch: list[RawArticle], outcomes: Iterable[Outcome], counters: BatchCounters) -> Iterator[_Output]:
    """The outcomes of a batch, each to its output."""
    rejects, aside = 0, Counter[str]()
    for outcome in outcomes:
        if outcome is None or isinstance(outcome, Replay):
            aside["outside" if outcome is None else "replays"] += 1
        elif isinstance(outcome, Reject):
            rejects += 1
            yield TaggedOutput(_REJECTS, outcome)
        else:
            yield outcome
    for tally in aside.items():
        yield TaggedOutput(_TALLIES, tally)
    counters.add(len(batch), sum(len(raw.body or "") for raw in batch), rejects)


def _in_window(output: _Output) -> Any:
    """What Beam asks of outputs at the end of a bundle."""
    window = GlobalWindow()
    if isinstance(output, TaggedOutput):
        return TaggedOutput(output.tag, WindowedValue(output.value, window.max_timestamp(), (window,)))
    return WindowedValue(output, window.max_timestamp(), (window,))
