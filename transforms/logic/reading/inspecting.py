"""What a file is and how it will be read, without reading it all."""

from collections import Counter
from itertools import islice

from schemas import RawArticle, Reject
from schemas.base import Record
from transforms.logic.reading.content import Decision
from transforms.logic.reading.limits import DEFAULT_LIMITS, Limits
from transforms.logic.reading.shapes import Shapes
from transforms.logic.reading.tasks import Opener, ReadTask, Unit, read_task

RECORDS = 1000
SAMPLES = 3


class FileReport(Record):
    """What `wiretally inspect` says of a file.

    `packing` lists what the file is packed in, outermost first. `formats`, `encodings` and `rejects` (by
    reason) count records; `rejected` holds the first reject of each reason. `mapping` gives the places where
    each field was found in the first file or member, `files` how many of these there were. Only the first
    `records` were looked at unless `complete`.
    """

    path: str
    size: int
    packing: tuple[str, ...]
    container: str | None
    shape: str | None
    mapping: dict[str, tuple[str, ...]]
    files: int
    records: int
    articles: int
    complete: bool
    formats: dict[str, int]
    encodings: dict[str, int]
    rejects: dict[str, int]
    rejected: tuple[Reject, ...]
    samples: tuple[RawArticle, ...]


def inspect_file(
    path: str,
    opener: Opener,
    shapes: Shapes,
    *,
    size: int = 0,
    format: str | None = None,
    records: int = RECORDS,
    limits: Limits = DEFAULT_LIMITS,
) -> FileReport:
    """Look at the first `records` records of a file.

    Raises:
        ConfigError: there is no such format.
    """
    decisions: list[Decision] = []
    task = ReadTask(path=path, size=size, start=0, end=size, unit=Unit.FILE, format=format)
    outcomes = read_task(task, opener, shapes, limits, decisions.append)
    seen = list(islice(outcomes, records))
    complete = next(outcomes, None) is None
    articles = [outcome for outcome in seen if isinstance(outcome, RawArticle)]
    rejects = [outcome for outcome in seen if isinstance(outcome, Reject)]
    first = decisions[0] if decisions else None
    return FileReport(
        path=path,
        size=size,
        packing=first.layers if first else (),
        container=first.container if first else None,
        shape=first.shape if first else None,
        mapping=dict(first.mapping) if first else {},
        files=len(decisions),
        records=len(seen),
        articles=len(articles),
        complete=complete,
        formats=_counts(outcome.source_format for outcome in seen),
        encodings=_counts(article.encoding for article in articles),
        rejects=_counts(reject.reason.value for reject in rejects),
        rejected=tuple({reject.reason: reject for reject in reversed(rejects)}.values()),
        samples=tuple(articles[:SAMPLES]),
    )


def _counts(values: object) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))  # type: ignore[call-overload]
