"""A look at how files would be read and normalised, without coding or storing anything."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from pipeline.inputs import DumpFile, Listing
from schemas import Article, RawArticle, Reject, RejectableError
from transforms.logic.normalising import normalise_article
from transforms.logic.reading import FileReport, Opener, Shapes, inspect_file, plan_tasks, read_task
from transforms.logic.reading.inspecting import RECORDS

SAMPLES = 3


@dataclass
class Look:
    """What was seen of files that are all read in the same way.

    `report` is that of the first file. `dates` counts articles by `stated`, `inferred` and `missing`.
    `rejects` counts records by reason, those that only normalising refuses included; `examples` has one each.
    `complete` is false where a file has more records than were looked at.
    """

    report: FileReport
    files: int = 1
    records: int = 0
    articles: int = 0
    complete: bool = True
    dates: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    samples: list[Article] = field(default_factory=list)

    def way(self) -> tuple[object, ...]:
        """What two files must share to be read in the same way."""
        report = self.report
        return report.packing, report.container, report.shape, tuple(report.mapping.items())

    def take(self, outcome: RawArticle | Reject) -> None:
        """Count one record."""
        self.records += 1
        if isinstance(outcome, Reject):
            self._refuse(outcome.source_file, outcome.position, outcome.reason, outcome.detail)
            return
        self.encodings[outcome.encoding] += 1
        try:
            article = normalise_article(outcome)
        except RejectableError as error:
            self._refuse(outcome.source_file, outcome.position, error.reason, error.detail)
            return
        self.articles += 1
        self.dates[date_kind(article)] += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(article)

    def _refuse(self, file: str, position: int, reason: str, detail: str) -> None:
        self.rejects[reason] += 1
        self.examples.setdefault(reason, f"{file}#{position}: {detail}")

    def add(self, other: "Look") -> None:
        """Take in what was seen of another file that is read in the same way."""
        self.files += other.files
        self.records += other.records
        self.articles += other.articles
        self.complete = self.complete and other.complete
        for mine, more in (
            (self.dates, other.dates),
            (self.encodings, other.encodings),
            (self.rejects, other.rejects),
        ):
            mine.update(more)
        self.examples = other.examples | self.examples
        self.samples = (self.samples + other.samples)[:SAMPLES]


def date_kind(article: Article) -> str:
    """Whether the article's date is `stated` by its record, `inferred`, or `missing`."""
    if article.published is None:
        return "missing"
    return "inferred" if article.published_inferred else "stated"


def look_at(file: DumpFile, opener: Opener, format_name: str | None, shapes: Shapes) -> Look:
    """The first thousand records of a file.

    Raises:
        ConfigError: there is no such format.
    """
    report = inspect_file(file.path, opener, shapes, size=file.size, format=format_name)
    look = Look(report, complete=report.complete)
    size = max(file.size, 1)
    whole = plan_tasks(file.path, file.size, opener, format=format_name, range_bytes=size, shapes=shapes)
    for outcome in islice(read_task(whole[0], opener, shapes), RECORDS):
        look.take(outcome)
    return look


def looks(listing: Listing, format_name: str | None, shapes: Shapes) -> Iterator[Look]:
    """Looks at many files, those that are read in the same way as one, in the order of their first file."""
    ways: dict[tuple[object, ...], Look] = {}
    for file in listing.files:
        look = look_at(file, listing.opener, format_name, shapes)
        first = ways.setdefault(look.way(), look)
        if first is not look:
            first.add(look)
    yield from ways.values()
