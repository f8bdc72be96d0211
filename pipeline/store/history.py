"""What the store already has, for de-duplication to look up."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.store import Store
from schemas import Placement
from transforms.files import parquet_file
from transforms.logic.deduplicating.history import NO_HISTORY, History, Known
from transforms.logic.deduplicating.postings import ARTICLE_ID, BUCKET, Block
from transforms.logic.deduplicating.texts import padded
from transforms.logic.tables import posting_shard

MOST_HELD = 2_000_000
"""Articles of a store whose ids a process that prepares holds: 32 MB."""

_BLOCKS_AT_ONCE = 16
_KNOWN = tuple(name for name in Known.model_fields if name not in ("placement", "text"))
_PLACEMENT = tuple(Placement.model_fields)
_LABEL_DIGITS = 30


@dataclass(frozen=True)
class StoreHistory:
    """The articles and postings of a store.

    It travels to workers as two lists of files and streams them there. Of `articles` one short column is read
    of all, the others only of row groups that hold what is asked for.
    """

    blocks: Mapping[str, tuple[str, ...]]
    articles: tuple[str, ...]

    @classmethod
    def of(cls, store: Store) -> Self:
        """The history that a snapshot of a store holds."""
        files: defaultdict[str, list[str]] = defaultdict(list)
        for file in store.data_files("postings"):
            files[file.partition or ""].append(str(store.folder / "postings" / file.path))
        return cls({shard: tuple(paths) for shard, paths in files.items()}, tuple(store.files("articles")))

    def ids(self, shard: int) -> Iterator[Block]:
        """Yield the blocks of ids whose first half byte is `shard`."""
        return self._blocks(posting_shard(ARTICLE_ID, shard))

    def postings(self, shard: int) -> Iterator[Block]:
        """Yield the blocks of postings whose key's first half byte is `shard`."""
        return self._blocks(posting_shard(BUCKET, shard))

    def _blocks(self, shard: str) -> Iterator[Block]:
        for path in self.blocks.get(shard, ()):
            with parquet_file(path) as file:
                for batch in file.iter_batches(_BLOCKS_AT_ONCE, columns=["prefix", "block"]):
                    yield from zip(batch["prefix"].to_pylist(), batch["block"].to_pylist(), strict=True)

    def parts(self) -> Sequence[str]:
        """The files of `articles`."""
        return self.articles

    def of_texts(self, part: str, texts: Collection[bytes]) -> Iterator[Known]:
        """Yield the articles of a file that have one of the texts."""
        wanted = pa.array(sorted(texts), pa.binary())

        def found(group: pa.Table) -> Any:
            keys = pa.array([padded(key or b"") for key in group["text_key"].to_pylist()], pa.binary())
            return pc.is_in(keys, wanted)

        return _known(part, ["text_key"], found)

    def of_components(self, part: str, labels: Collection[bytes]) -> Iterator[Known]:
        """Yield the articles of a file whose component has one of the labels."""
        wanted = pa.array(sorted(label.hex()[:_LABEL_DIGITS] for label in labels), pa.string())

        def found(group: pa.Table) -> Any:
            components = pc.coalesce(group["chain"], group["story_id"])
            return pc.is_in(pc.utf8_slice_codeunits(components, 0, _LABEL_DIGITS), wanted)

        return _known(part, ["chain", "story_id"], found)


def held_history(store: Store) -> History:
    """The history whose ids are held while articles are prepared: the store's, unless it is too large.

    Of a larger store replays are found when they are placed, shard by shard, after they were coded.
    """
    articles = sum(file.rows for file in store.data_files("articles"))
    return StoreHistory.of(store) if articles <= MOST_HELD else NO_HISTORY


def _known(path: str, columns: list[str], found: Any) -> Iterator[Known]:
    """The articles of the row groups in which `found`, given a few columns, finds any."""
    with parquet_file(path) as file:
        for number in range(file.num_row_groups):
            mask = found(file.read_row_group(number, columns))
            if pc.any(mask).as_py():
                group = file.read_row_group(number, [*_PLACEMENT, "text_key", *_KNOWN])
                for row in group.filter(mask).to_pylist():
                    yield Known(
                        placement=Placement(**{name: row[name] for name in _PLACEMENT}),
                        text=padded(row["text_key"]),
                        **{name: row[name] for name in _KNOWN},
                    )
