"""`wiretally verify`: whether a store keeps its laws."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import FAILURE, OK, remark
from pipeline.store import Store
from pipeline.terminal import counted, facts, sheet
from pipeline.verifying.breach import Breach
from pipeline.verifying.files import breaches_of_files, breaches_of_schemas
from pipeline.verifying.index import breaches_of_index, breaches_of_rejects
from pipeline.verifying.laws import breaches_of_laws
from pipeline.verifying.recount import breaches_of_counts, other_lexicons
from pipeline.visible import visible
from schemas.lexicon import Lexicon
from transforms.logic.coding import load_lexicon

MEMORY = "512MB"
"""What the database takes before it uses a temporary folder."""

SHOWN = 20
"""Breaches of one law in one table that are named; the others are counted."""


def verify_command(uri: str, lexicons: Sequence[Path]) -> int:
    """Name the breaches; see `docs/cli.md`."""
    lexicon = load_lexicon(*lexicons)
    store = Store.open(uri)
    found: Counter[tuple[str, str]] = Counter()
    page = sheet()
    for breach in breaches(store, lexicon):
        found[breach.law, breach.table] += 1
        if found[breach.law, breach.table] <= SHOWN:
            page.print(
                visible(f"{breach.table}: {breach.row}: {breach.detail} ({breach.law})"), soft_wrap=True
            )
    for (law, table), count in found.items():
        if count > SHOWN:
            page.print(f"{table}: and {count - SHOWN:,} more ({law})", soft_wrap=True)
    if found:
        remark(f"{uri}: {counted(found.total(), 'breach', 'breaches')} of {counted(len(found), 'law')}")
        return FAILURE
    page.print(facts([("store", store.folder), ("holds", "every law")], indent=0))
    return OK


def breaches(store: Store, lexicon: Lexicon) -> Iterator[Breach]:
    """Yield every breach of a store; of one with damaged files, only those."""
    damaged = list(breaches_of_files(store)) or list(breaches_of_schemas(store))
    if damaged:
        yield from damaged
        return
    with store.connect() as connection, tempfile.TemporaryDirectory(prefix="wiretally-") as folder:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = ?", [folder])
        yield from breaches_of_laws(connection)
        yield from breaches_of_counts(connection, lexicon)
        yield from breaches_of_index(store, connection)
        yield from breaches_of_rejects(connection)
        for version in other_lexicons(connection, lexicon):
            remark(f"counts under lexicon {version} were not recounted; name it with --lexicon to have them")
