"""What holds of files: that they can be read, and have the columns of their table."""

from collections.abc import Iterator

from pipeline.store import Store
from pipeline.store.damage import damages
from pipeline.verifying.breach import Breach
from transforms.files import parquet_file
from transforms.logic.tables import TABLES


def breaches_of_files(store: Store) -> Iterator[Breach]:
    """Yield the files of the pinned versions that are damaged or gone."""
    for damage in damages(store.folder):
        table, *_ = str(damage.path).removeprefix(f"{store.folder}/").split("/")
        yield Breach("pinned files can be read", table, str(damage.path), f"{damage.reason}; {damage.remedy}")


def breaches_of_schemas(store: Store) -> Iterator[Breach]:
    """Yield the files whose columns are not those of their table, and those that count their rows wrongly."""
    for name, spec in TABLES.items():
        for file in store.data_files(name):
            path = store.folder / name / file.path
            with parquet_file(path) as content:
                metadata = content.metadata
            found = metadata.schema.to_arrow_schema()
            wrong = {(one.name, str(one.type)) for one in found} ^ {
                (one.name, str(one.type)) for one in spec.file_schema
            }
            if wrong:
                columns = ", ".join(sorted({column for column, _ in wrong}))
                yield Breach("files have the columns of their table", name, str(path), columns)
            if metadata.num_rows != file.rows:
                detail = f"{metadata.num_rows} rows, {file.rows} in the log"
                yield Breach("files have the rows that the log says", name, str(path), detail)
