"""The articles of one source, normalised, for the commands that look at single articles."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import remark
from pipeline.inputs import STDIN, Listing, list_dumps, standard_input
from schemas import Article, Coding, InputError, RawArticle, Reject, RejectableError
from transforms.logic.coding import Coder
from transforms.logic.normalising import normalise_article
from transforms.logic.reading import Shapes, load_shapes, plan_tasks, read_task, settings_for


class ArticleSource:
    """What a name stands for: files of any format, or standard input.

    `read` and `rejected` count articles and rejects so far.
    """

    def __init__(self, name: str, listing: Listing, format_name: str | None, shapes: Shapes) -> None:
        self.name = name
        self.read = 0
        self.rejected = 0
        self._listing = listing
        self._format = format_name
        self._shapes = shapes

    def articles(self) -> Iterator[Article]:
        """The articles in the order of the files; each record that is none is named on stderr."""
        for outcome in self._outcomes():
            article = _normalised(outcome)
            if isinstance(article, Article):
                self.read += 1
                yield article
            else:
                self.rejected += 1
                remark(f"rejected: {article}")

    def coded(self, coder: Coder) -> Iterator[tuple[Article, Coding]]:
        """The articles, each with what the coder says of it."""
        for article in self.articles():
            with _at(article):
                coding = coder.code(article)
            yield article, coding

    def require_articles(self) -> None:
        """Hold that there was something to read.

        Raises:
            InputError: not one article was read.
        """
        if not self.read:
            raise InputError(f"{self.name}: {self._emptiness()}; `wiretally inspect` says how it was read")

    def _emptiness(self) -> str:
        if self.rejected > 1:
            return f"none of its {self.rejected:,} records is an article"
        return "its only record is no article" if self.rejected else "it holds no record"

    def _outcomes(self) -> Iterator[RawArticle | Reject]:
        files, opener = self._listing
        for path, size in files:
            for task in plan_tasks(path, size, opener, format=self._format, shapes=self._shapes):
                yield from read_task(task, opener, self._shapes)


@contextmanager
def _at(record: RawArticle | Article) -> Iterator[None]:
    """Add to any error which record it is about."""
    try:
        yield
    except Exception as error:
        error.add_note(f"at {record.source_file}#{record.position}")
        raise


def _normalised(outcome: RawArticle | Reject) -> Article | str:
    if isinstance(outcome, Reject):
        return reject_line(outcome.source_file, outcome.position, outcome.reason, outcome.detail)
    try:
        with _at(outcome):
            return normalise_article(outcome)
    except RejectableError as error:
        return reject_line(outcome.source_file, outcome.position, error.reason, error.detail)


def reject_line(file: str, position: int, reason: str, detail: str) -> str:
    """`dump.jsonl#120: no_text: the body is empty`; the position is that of `RawArticle`."""
    return f"{file}#{position}: {reason}: {detail}"


@contextmanager
def open_source(name: str, format_name: str | None, mapping: Path | None) -> Iterator[ArticleSource]:
    """The source of a name; `-` is standard input. See `open_sources`."""
    with open_sources([name], format_name, mapping) as source:
        yield source


@contextmanager
def open_sources(
    names: Sequence[str], format_name: str | None, mapping: Path | None
) -> Iterator[ArticleSource]:
    """The source of all of these names; `-` alone is standard input.

    Raises:
        InputError: a name stands for nothing.
        ConfigError: the mapping is wrong, or there is no such format.
    """
    shapes = load_shapes(user=mapping)
    settings_for(format_name, shapes)
    if list(names) != [STDIN]:
        yield ArticleSource(", ".join(names), list_dumps(names), format_name, shapes)
        return
    with standard_input() as listing:
        yield ArticleSource("standard input", listing, format_name, shapes)
