"""What a graph is built from."""

from dataclasses import dataclass

from pipeline.config import RunConfig
from pipeline.store.store import Store
from schemas.lexicon import Lexicon
from transforms.files import Place


@dataclass(frozen=True)
class Plan:
    """What a graph is built from: options, lexicon, the store as it is, and where the manifest goes.

    `part` names the files of a part of a run. Without `counts`, counts are left for when all is placed.
    """

    config: RunConfig
    lexicon: Lexicon
    store: Store
    run_id: str
    manifest: Place
    part: str = ""
    counts: bool = True

    @property
    def mark(self) -> str:
        """What the files are named by."""
        return self.run_id + self.part
