"""What is known from earlier runs, and what an article hears of itself before it is placed."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from schemas import Placement, PreparedArticle
from schemas.base import Record


@runtime_checkable  # Beam checks the types of what it hands to workers
class History(Protocol):
    """The articles that the store holds, read by partition inside the workers; picklable and small."""

    def article_ids(self, prefix: int) -> Iterable[bytes]:
        """Yield the ids (16 bytes) known to the store whose first byte is `prefix`, in any order."""
        ...


class Replay(Record):
    """A record of an article that this run or an earlier one has already; `position` as in `RawArticle`."""

    article_id: str
    source_file: str
    position: int


class Word(Record):
    """One thing said of an article: a record of it, its place, or (neither) that the store has it."""

    article: PreparedArticle | None = None
    placement: Placement | None = None


ALREADY_STORED = Word()


def known_ids(history: History, prefix: int, ids: Iterable[bytes]) -> set[bytes]:
    """Return which of `ids`, whose first byte is `prefix`, the store holds; streams the store's side."""
    wanted = set(ids)
    return {article_id for article_id in history.article_ids(prefix) if article_id in wanted}


def replay_of(article: PreparedArticle) -> Replay:
    """Return the replay that `article` is."""
    head = article.head
    return Replay(article_id=head.article_id, source_file=head.source_file, position=head.position)


def resolve(words: Iterable[Word]) -> tuple[PreparedArticle | None, Placement | None, list[Replay]]:
    """Settle what stands of the words about one article id.

    Of several records the first by file and position stands, the others are replays; if the store has the
    article all are. An article of whose place nobody speaks has no placement: it is like no other.
    """
    articles, placement, stored = [], None, False
    for word in words:
        if word.article is not None:
            articles.append(word.article)
        elif word.placement is not None:
            placement = word.placement
        else:
            stored = True
    articles.sort(key=_position)
    if stored:
        return None, None, [replay_of(article) for article in articles]
    return articles[0], placement, [replay_of(article) for article in articles[1:]]


def _position(article: PreparedArticle) -> tuple[str, int]:
    return article.head.source_file, article.head.position
