"""The closed sets of values that options take."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """What `export` writes."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class QueryFormat(StrEnum):
    """How `sql` shows its rows."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


class Breakdown(StrEnum):
    """What `evaluate` splits its scores by."""

    TYPE = "type"
    ROLE = "role"
    SIDE = "side"
    MODALITY = "modality"
    RULE = "rule"
    CAUSE = "cause"


class ImportFormat(StrEnum):
    """The dictionaries that `lexicon import` reads."""

    PHOENIX = "phoenix"
