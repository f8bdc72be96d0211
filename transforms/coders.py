"""Coders of what crosses a shuffle (deterministic, compact, never pickle), and adding up on both its sides.

Importing this module registers them; a stage that shuffles one of these types imports it. Summaries are
packed bytes.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

import apache_beam as beam
from apache_beam.coders.coders import Coder
from apache_beam.coders.typecoders import registry

from schemas import Arrival, ArrivedRange, Delivery, Message, Placement, PreparedArticle, Reject, Story
from schemas.base import Record
from schemas.tables import (
    ActivityRow,
    AliasRow,
    ArticleRow,
    DyadEventRow,
    DyadRow,
    EventRow,
    PostingRow,
    RejectRow,
    StoryRow,
)
from transforms.logic.counting.tally import Tally, pack_tally, unpack_tally
from transforms.logic.deduplicating.components import Components, pack_components, unpack_components
from transforms.logic.deduplicating.history import Known, Replay
from transforms.logic.deduplicating.packing import pack_copies, pack_text, unpack_copies, unpack_text
from transforms.logic.deduplicating.placing import Alias, Move
from transforms.logic.deduplicating.stories import StoryTally, pack_story, unpack_story
from transforms.logic.deduplicating.texts import Copies, DistinctText
from transforms.logic.encoding import decode_record, encode_record


class _Packing(NamedTuple):
    pack: Callable[[Any], bytes]
    unpack: Callable[[bytes], Any]


RECORDS: tuple[type[Record], ...] = (
    ActivityRow,
    Alias,
    AliasRow,
    Arrival,
    ArrivedRange,
    ArticleRow,
    Delivery,
    DyadEventRow,
    DyadRow,
    EventRow,
    Known,
    Message,
    Move,
    Placement,
    PostingRow,
    PreparedArticle,
    Reject,
    RejectRow,
    Replay,
    Story,
    StoryRow,
)

_PACKINGS: dict[type, _Packing] = {
    Components: _Packing(pack_components, unpack_components),
    Copies: _Packing(pack_copies, unpack_copies),
    DistinctText: _Packing(pack_text, unpack_text),
    StoryTally: _Packing(pack_story, unpack_story),
    Tally: _Packing(pack_tally, unpack_tally),
}


class _TypedCoder(Coder):
    """A deterministic coder of the values of one type."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    @classmethod
    def from_type_hint(cls, kind: type, _registry: object) -> Any:
        return cls(kind)

    def to_type_hint(self) -> type:
        return self.kind

    def is_deterministic(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TypedCoder) and self.kind is other.kind

    def __hash__(self) -> int:
        return hash(self.kind)


class RecordCoder(_TypedCoder):
    """Encodes the records of one model by `encode_record`."""

    def encode(self, value: Record) -> bytes:
        """Return the record as bytes."""
        return encode_record(value)

    def decode(self, encoded: bytes) -> Record:
        """Return the record."""
        return decode_record(self.kind, encoded)


class PackedCoder(_TypedCoder):
    """Encodes summaries by their own packing."""

    def encode(self, value: object) -> bytes:
        """Return the summary as bytes."""
        return _PACKINGS[self.kind].pack(value)

    def decode(self, encoded: bytes) -> object:
        """Return the summary."""
        return _PACKINGS[self.kind].unpack(encoded)


for _model in RECORDS:
    registry.register_coder(_model, RecordCoder)
for _summary in _PACKINGS:
    registry.register_coder(_summary, PackedCoder)


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
