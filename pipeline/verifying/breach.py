"""What a check finds."""

from typing import NamedTuple


class Breach(NamedTuple):
    """A row (or a file) of a table that breaks a law: which, and how."""

    law: str
    table: str
    row: str
    detail: str
