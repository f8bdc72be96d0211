"""The ids of a store's articles held in memory, so that a replay is known before it is coded."""

from typing import Self

import numpy as np

from transforms.logic.deduplicating.history import History
from transforms.logic.deduplicating.postings import SHARDS
from transforms.logic.deduplicating.texts import TEXT_BYTES


class HeldIds:
    """Tells whether an article is among those of a history; 16 bytes of memory for each of them."""

    def __init__(self, ids: bytes = b"") -> None:
        """Hold ids of `TEXT_BYTES` each, in any order."""
        rows = np.frombuffer(ids, ">u8").reshape(-1, 2).astype(np.uint64)
        rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
        self._heads, self._tails = np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1])

    @classmethod
    def of(cls, history: History) -> Self:
        """All ids of a history."""
        return cls(b"".join(block for shard in range(SHARDS) for _, block in history.ids(shard)))

    def __len__(self) -> int:
        return len(self._heads)

    def __contains__(self, article_id: str) -> bool:
        """Whether the id, 32 hex digits, is held."""
        if not len(self._heads):
            return False
        number = bytes.fromhex(article_id)
        head, tail = (np.uint64(int.from_bytes(half)) for half in (number[:8], number[8:TEXT_BYTES]))
        at = int(np.searchsorted(self._heads, head))
        while at < len(self._heads) and self._heads[at] == head:
            if self._tails[at] == tail:
                return True
            at += 1
        return False
