"""Adding up summaries of what shares a key, before the shuffle and after it."""

from collections.abc import Iterable
from typing import Any, Generic, Protocol, Self, TypeVar

import apache_beam as beam
from apache_beam.coders.coders import Coder
from apache_beam.coders.typecoders import registry


class Summary(Protocol):
    """A value that others of its type can be added to, in any order and grouping; made empty."""

    def add(self, other: Self) -> None:
        """Take in `other`, in place."""
        ...


SummaryT = TypeVar("SummaryT", bound=Summary)


class AddFn(beam.CombineFn, Generic[SummaryT]):
    """Adds up summaries of one type, which has a registered coder; what comes in is not changed."""

    def __init__(self, kind: type[SummaryT]) -> None:
        self._kind = kind

    def create_accumulator(self) -> SummaryT:
        """Return nothing, to add to."""
        return self._kind()

    def add_input(self, total: SummaryT, part: SummaryT) -> SummaryT:
        """Add one summary."""
        total.add(part)
        return total

    def merge_accumulators(self, parts: Iterable[SummaryT]) -> SummaryT:
        """Add up sums."""
        total = self._kind()
        for part in parts:
            total.add(part)
        return total

    def extract_output(self, total: SummaryT) -> SummaryT:
        """Return the sum."""
        return total

    def get_accumulator_coder(self) -> Coder:
        """Return the registered coder, since by default Beam would pickle."""
        return registry.get_coder(self._kind)

    def infer_output_type(self, input_type: Any) -> Any:
        """Return the summary's type, by which Beam finds the coder of the sum."""
        return self._kind
