"""Raw records to coded articles without text, in one fused stage."""

import pickle
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.shared import Shared

from schemas import PreparedArticle, RawArticle, Reject, RejectableError
from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder
from transforms.logic.preparing import Preparer
from transforms.logic.rejecting import reject_of
from transforms.metrics import BatchCounters

_REJECTS: Literal["rejects"] = "rejects"
_TALLIES: Literal["tallies"] = "tallies"

RejectOut = TaggedOutput[Literal["rejects"], Reject]
TallyOut = TaggedOutput[Literal["tallies"], tuple[str, int]]


class RecordFaultError(Exception):
    """A fault of ours, met on one record; names the record."""


class Prepared(NamedTuple):
    """Articles, records that cannot be used, and tallies of those published outside the chosen days."""

    articles: PCollection[PreparedArticle]
    rejects: PCollection[Reject]
    tallies: PCollection[tuple[str, int]]


class PrepareArticles(beam.PTransform[PCollection[list[RawArticle]], Prepared]):
    """Batches of raw records -> `Prepared`. Each record comes out once: article, reject or tally `outside`.

    Args:
        lexicon: what the coder knows; it travels to the workers, the coder is built there, once a process.
        keep_text: let the text leave this stage.
        published_from: first day of publication to take, in UTC.
        published_to: last day of publication to take.

    Raises:
        RecordFaultError: in the run, when anything but `RejectableError` happens on a record.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        keep_text: bool = False,
        published_from: date | None = None,
        published_to: date | None = None,
    ) -> None:
        super().__init__()
        self._prepare = _PrepareFn(lexicon, keep_text, published_from, published_to)

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, batches: PCollection[list[RawArticle]]) -> Prepared:
        """One DoFn with three outputs."""
        outputs = batches | "PrepareBatch" >> beam.ParDo(self._prepare).with_outputs(
            _REJECTS, _TALLIES, main="articles"
        )
        return Prepared(outputs["articles"], outputs[_REJECTS], outputs[_TALLIES])


class _PrepareFn(beam.DoFn):
    def __init__(self, lexicon: Lexicon, *options: Any) -> None:
        # Beam pickles and unpickles this function many times; bytes cost it a tenth of what a lexicon does.
        self._packed = zlib.compress(pickle.dumps(lexicon, pickle.HIGHEST_PROTOCOL), 1)
        self._version = lexicon.version
        self._options = options
        self._coders = Shared()

    def setup(self) -> None:
        coder = self._coders.acquire(
            lambda: Coder(pickle.loads(zlib.decompress(self._packed))),
            tag=self._version,
        )
        self._preparer = Preparer(coder, *self._options)
        self._counters = BatchCounters()

    def process(self, batch: list[RawArticle]) -> Iterator[PreparedArticle | RejectOut | TallyOut]:
        rejects = outside = 0
        for raw in batch:
            prepared = self._try(raw)
            if prepared is None:
                outside += 1
            elif isinstance(prepared, Reject):
                rejects += 1
                yield TaggedOutput(_REJECTS, prepared)
            else:
                yield prepared
        if outside:
            yield TaggedOutput(_TALLIES, ("outside", outside))
        self._counters.add(len(batch), sum(len(raw.body or "") for raw in batch), rejects)

    def _try(self, raw: RawArticle) -> PreparedArticle | Reject | None:
        try:
            return self._preparer.prepare(raw)
        except RejectableError as error:
            return reject_of(raw, error)
        except Exception as error:
            raise RecordFaultError(
                f"{raw.source_file}, record at {raw.position}: {type(error).__name__}: {error}"
            ) from error
