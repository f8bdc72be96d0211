"""What holds of packed and hashed things: the index of texts and ids, and the ids of rejects."""

from collections.abc import Iterable, Iterator

import duckdb

from pipeline.store.history import StoreHistory
from pipeline.store.store import Store
from pipeline.verifying.breach import Breach
from schemas import Reject
from transforms.logic.deduplicating.postings import ARTICLE_ID, BUCKET, KEY_IDENTITY, STORED_BYTES, Block
from transforms.logic.deduplicating.texts import TEXT_BYTES, TEXT_IDENTITY
from transforms.logic.rejecting import reject_row
from transforms.logic.tables import TABLES, posting_shard

SHARDS = 16
"""The first half bytes of ids and keys."""

_COMPLETE = "the index has every article and text, and no other"


def breaches_of_index(store: Store, connection: duckdb.DuckDBPyConnection) -> Iterator[Breach]:
    """Yield what the index lacks or has too much of, and blocks in a wrong place."""
    yield from _misplaced(connection)
    history = StoreHistory.of(store)
    for shard in range(SHARDS):
        yield from _difference("id", _articles(connection, shard), _pieces(history.ids(shard), TEXT_BYTES, 0))
    texts = {
        text
        for shard in range(SHARDS)
        for text in _pieces(history.postings(shard), STORED_BYTES, KEY_IDENTITY - 1)
    }
    rows = connection.execute("SELECT DISTINCT text_key, shingles > 0 FROM articles").fetchall()
    known = {bytes(key)[:TEXT_IDENTITY]: compared for key, compared in rows}
    yield from _difference("text", {key for key, compared in known.items() if compared}, texts & known.keys())
    yield from _difference("text", set(known), texts | known.keys())


def _articles(connection: duckdb.DuckDBPyConnection, shard: int) -> set[bytes]:
    query = "SELECT article_id FROM articles WHERE article_id[1] = ?"
    return {bytes.fromhex(one) for (one,) in connection.execute(query, [f"{shard:x}"]).fetchall()}


def _pieces(blocks: Iterable[Block], width: int, begin: int) -> set[bytes]:
    return {block[at + begin : at + width] for _, block in blocks for at in range(0, len(block), width)}


def _difference(what: str, wanted: set[bytes], found: set[bytes]) -> Iterator[Breach]:
    for one in sorted(wanted - found):
        yield Breach(_COMPLETE, "postings", one.hex(), f"this {what} is missing")
    for one in sorted(found - wanted):
        yield Breach(_COMPLETE, "postings", one.hex(), f"this {what} is of no article")


def _misplaced(connection: duckdb.DuckDBPyConnection) -> Iterator[Breach]:
    query = "SELECT DISTINCT kind, prefix, shard FROM postings ORDER BY ALL"
    for kind, prefix, shard in connection.execute(query).fetchall():
        if kind not in (BUCKET, ARTICLE_ID) or shard != posting_shard(kind, prefix >> 4):
            yield Breach("blocks are in their shard", "postings", f"{kind} {prefix}", f"in {shard}")


def breaches_of_rejects(connection: duckdb.DuckDBPyConnection) -> Iterator[Breach]:
    """Yield the rejects whose id is not the hash of what was rejected."""
    columns = [name for name in TABLES["rejects"].row.model_fields if name not in ("reject_id", "run_id")]
    cursor = connection.execute(f"SELECT reject_id, {', '.join(columns)} FROM rejects ORDER BY 1")
    while rows := cursor.fetchmany(2_000):
        for reject_id, *values in rows:
            right = reject_row(Reject(**dict(zip(columns, values, strict=True))), "").reject_id
            if reject_id != right:
                yield Breach(
                    "rejects are named by what they are", "rejects", reject_id, f"instead of {right}"
                )
