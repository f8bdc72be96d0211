"""When a file is done: when every record that was read of it has gone into the store, or is about to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson

from schemas import Delivery, FileRead


@dataclass(slots=True)
class OpenFile:
    """A file that is being read: the tasks it was cut into, how many have ended and with how many records."""

    path: str
    tasks: int
    ended: int = 0
    records: int = 0


@dataclass(slots=True)
class Filing:
    """The files under way, and how many records have ended by path; deliveries may come in any order."""

    files: dict[str, OpenFile] = field(default_factory=dict)
    ended: Counter[str] = field(default_factory=Counter)

    def add(self, delivery: Delivery) -> None:
        """Take a delivery into account, in place."""
        for one in delivery.read:
            self._read(one)
        for source in _sources(delivery):
            self.ended[source] += 1

    def _read(self, one: FileRead) -> None:
        file = self.files.setdefault(one.stamp, OpenFile(one.path, one.tasks))
        file.ended += 1
        file.records += one.records

    def take_done(self) -> list[str]:
        """Remove the files that are done, and return their stamps, sorted.

        A path that is written again while its older content is under way is done when both are.
        """
        done: list[str] = []
        for path in sorted({file.path for file in self.files.values()}):
            stamps = [stamp for stamp, file in self.files.items() if file.path == path]
            files = [self.files[stamp] for stamp in stamps]
            sources = [source for source in self.ended if source == path or source.startswith(path + "!")]
            whole = all(file.ended == file.tasks for file in files)
            if whole and sum(file.records for file in files) == sum(self.ended[source] for source in sources):
                done += stamps
                for stamp in stamps:
                    del self.files[stamp]
                for source in sources:
                    del self.ended[source]
        return sorted(done)


def _sources(delivery: Delivery) -> Iterator[str]:
    """The file, as in `RawArticle`, of every record that a delivery brings to its end."""
    yield from (article.head.source_file for article in delivery.articles)
    yield from (reject.source_file for reject in delivery.rejects)
    yield from (replay.source_file for replay in delivery.replays)


def pack_filing(filing: Filing) -> bytes:
    """Return the filing as bytes."""
    files = [[stamp, file.path, file.tasks, file.ended, file.records] for stamp, file in filing.files.items()]
    return orjson.dumps([sorted(files), sorted(filing.ended.items())])


def unpack_filing(data: bytes | None) -> Filing:
    """Return what `pack_filing` wrote; an empty one of nothing."""
    if not data:
        return Filing()
    files, ended = orjson.loads(data)
    return Filing({stamp: OpenFile(*rest) for stamp, *rest in files}, Counter(dict(ended)))


def batches(deliveries: Iterable[Delivery]) -> Delivery:
    """All that the deliveries bring, as one that has no firing of its own."""
    parts = list(deliveries)
    return Delivery(
        articles=tuple(one for part in parts for one in part.articles),
        rejects=tuple(one for part in parts for one in part.rejects),
        replays=tuple(one for part in parts for one in part.replays),
        read=tuple(one for part in parts for one in part.read),
    )
