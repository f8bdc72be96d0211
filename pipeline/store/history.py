"""What the store already has, for de-duplication to look up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.store.store import Store
from transforms.logic.counting.rows import ARTICLE_ID
from transforms.logic.tables import TABLES, posting_shard


@dataclass(frozen=True)
class StoreHistory:
    """The postings of a store. It travels to workers as a list of files by shard and streams them there."""

    files: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, store: Store) -> Self:
        """The history that a snapshot of a store holds."""
        files: defaultdict[str, list[str]] = defaultdict(list)
        for file in store.data_files("postings"):
            files[file.partition or ""].append(str(store.folder / "postings" / file.path))
        return cls({shard: tuple(paths) for shard, paths in files.items()})

    def article_ids(self, prefix: int) -> Iterator[bytes]:
        """Yield the ids (16 bytes) of all articles whose first byte is `prefix`."""
        paths = self.files.get(posting_shard(prefix))
        if not paths:
            return
        postings = ds.dataset(list(paths), schema=TABLES["postings"].file_schema, format="parquet")
        wanted = (pc.field("prefix") == prefix) & (pc.field("kind") == ARTICLE_ID)
        for batch in postings.to_batches(columns=["key"], filter=wanted):
            yield from (key for key in batch["key"].to_pylist() if key is not None)
