"""What a store says of the files of a stream: the memory that outlives every runner's own."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from pipeline.store import delta
from pipeline.store.store import Store, store_folder
from schemas.tables import RunRow
from transforms.logic.streaming.offsets import Span, joined


@dataclass(frozen=True)
class StoreLedger:
    """The ledger of a store, which need not be there yet; read anew whenever asked."""

    store: str

    def done(self) -> Collection[str]:
        """The stamps of the files whose every record the store accounts for."""
        return {stamp for said in self._said() for stamp in said["done"]}

    def clock(self) -> int | None:
        """The farthest that the clock had come in any commit."""
        return max((said["clock"] for said in self._said() if said["clock"] is not None), default=None)

    def offsets(self, topic: str) -> dict[str, list[Span]]:
        """The spans of messages of a topic, by partition, whose every record the store accounts for."""
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        for said in self._said():
            for partition, some in said.get("offsets", {}).get(topic, {}).items():
                spans[partition] += [(start, end) for start, end in some]
        return {partition: joined(some) for partition, some in spans.items()}

    def _said(self) -> Iterator[dict[str, Any]]:
        if delta.exists(store_folder(self.store) / "runs"):
            yield from (said for row in Store.open(self.store).runs() if (said := stream_of(row)))


def stream_of(row: RunRow) -> dict[str, Any] | None:
    """What a row of `runs` says of a stream; None of other runs."""
    said: dict[str, Any] | None = orjson.loads(row.options).get("stream")
    return said
