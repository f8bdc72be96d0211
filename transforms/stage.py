"""Prepared articles set down in files and taken up again, so that a large dump can be placed part by part."""

import hashlib
from collections.abc import Iterator
from typing import Literal, NamedTuple, Self

import apache_beam as beam
import orjson
import pyarrow as pa
from apache_beam.pvalue import PBegin, PCollection
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

import transforms.coders  # noqa: F401 - registers the coders of what is shuffled here
from schemas import PreparedArticle
from transforms.files import Place as FilePlace
from transforms.files import WrittenFile, place_of, write_whole
from transforms.logic.encoding import decode_record, encode_record

STAGED = "_staged"
"""What stands for the table in the `WrittenFile` of staged articles."""

ARTICLES_PER_FILE = 1_000
_CODEC: Literal["zstd"] = "zstd"

Place = tuple[str, int]
"""Where a record was read: its file and its position there."""


class Staged(NamedTuple):
    """A file of staged articles: how many, and the places of the first and the last of them."""

    path: str
    articles: int
    first: Place
    last: Place

    @classmethod
    def at(cls, path: FilePlace) -> Self:
        """What the head of a file says."""
        with path.open("rb") as file:
            articles, first, last, _ = orjson.loads(file.readline())
        return cls(str(path), articles, tuple(first), tuple(last))


class StageArticles(beam.PTransform[PCollection[PreparedArticle], PCollection[WrittenFile]]):
    """Prepared articles -> the files in `folder` that hold them, each named by its content.

    A file's articles ascend by file and position of their records. A bundle tried again writes the same
    files.
    """

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder

    def expand(self, articles: PCollection[PreparedArticle]) -> PCollection[WrittenFile]:
        """Write bundle by bundle; nothing is shuffled."""
        files: PCollection[WrittenFile] = articles | "Stage" >> beam.ParDo(
            _StageFn(self._folder)
        ).with_output_types(WrittenFile)
        return files


class ReadStaged(beam.PTransform[PBegin, PCollection[PreparedArticle]]):
    """The articles of staged files."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__()
        self._paths = paths

    def expand(self, begin: PBegin) -> PCollection[PreparedArticle]:
        """Read file by file."""
        articles: PCollection[PreparedArticle] = (
            begin
            | "StagedFiles" >> beam.Create(self._paths)
            | "Unstage" >> beam.FlatMap(read_staged).with_output_types(PreparedArticle)
        )
        return articles


def read_staged(path: str) -> Iterator[PreparedArticle]:
    """Yield the articles of a staged file in their order."""
    with place_of(path).open("rb") as file:
        *_, size = orjson.loads(file.readline())
        body = pa.decompress(file.read(), size, _CODEC, asbytes=True)
    for line in body.split(b"\n"):
        yield decode_record(PreparedArticle, line)


class _StageFn(beam.DoFn):
    def __init__(self, folder: str) -> None:
        self._folder = folder

    def start_bundle(self) -> None:
        self._held: list[bytes] = []
        self._first: Place = ("", 0)
        self._last: Place = ("", 0)

    def process(self, article: PreparedArticle) -> Iterator[WrittenFile]:
        place = article.head.source_file, article.head.position
        if self._held and (len(self._held) == ARTICLES_PER_FILE or place < self._last):
            yield self._written()
        if not self._held:
            self._first = place
        self._last = place
        self._held.append(encode_record(article))

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window = GlobalWindow()
        if self._held:
            yield WindowedValue(self._written(), window.max_timestamp(), (window,))

    def _written(self) -> WrittenFile:
        body, articles = b"\n".join(self._held), len(self._held)
        self._held = []
        head = orjson.dumps([articles, self._first, self._last, len(body)])
        target = place_of(self._folder) / hashlib.blake2b(body, digest_size=16).hexdigest()
        content = head + b"\n" + pa.compress(body, _CODEC, asbytes=True)
        write_whole(target, content)
        return WrittenFile(STAGED, target.name, None, articles, len(content))
