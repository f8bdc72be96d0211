"""What is known from earlier runs, and what an article hears of itself before it is placed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from schemas import Article, ArticleHead, DatePrecision, Placement, PreparedArticle
from schemas.base import Record
from transforms.logic.deduplicating.postings import Block
from transforms.logic.deduplicating.texts import Copies, Marks, label_of, member_of


class Known(Record):
    """An article of the store, as far as it bears on where others belong."""

    placement: Placement
    text: bytes
    published: datetime | None
    published_precision: DatePrecision | None
    title: str | None
    outlet: str | None
    sketch: bytes
    shingles: int
    numbers: bytes

    @property
    def article_id(self) -> str:
        """The article's id, 32 hex digits."""
        return self.placement.article_id

    @property
    def component(self) -> str:
        """The first story of the component that the article belongs to."""
        return self.placement.chain or self.placement.story_id

    def copies(self) -> Copies:
        """Return the summary of this one article."""
        member = member_of(self)
        marks = Marks(self.sketch, self.shingles, self.numbers)
        return Copies({member.seniority.article_id: member}, marks, label=label_of(self.component))


@runtime_checkable  # Beam checks the types of what it hands to workers
class History(Protocol):
    """The articles that the store holds, read part by part inside the workers; picklable and small."""

    def ids(self, shard: int) -> Iterable[Block]:
        """Yield the blocks of ids whose first half byte is `shard`, in any order."""
        ...

    def postings(self, shard: int) -> Iterable[Block]:
        """Yield the blocks of postings whose key's first half byte is `shard`, in any order."""
        ...

    def parts(self) -> Sequence[str]:
        """Name the parts in which the articles can be read."""
        ...

    def of_texts(self, part: str, texts: Collection[bytes]) -> Iterable[Known]:
        """Yield the articles of a part that have one of the texts, given by their keys."""
        ...

    def of_components(self, part: str, labels: Collection[bytes]) -> Iterable[Known]:
        """Yield the articles of a part whose component has one of the labels."""
        ...


class NoHistory:
    """The history of a store without articles."""

    def ids(self, shard: int) -> Iterable[Block]:
        """No blocks."""
        return ()

    postings = ids

    def parts(self) -> Sequence[str]:
        """No parts."""
        return ()

    def of_texts(self, part: str, texts: Collection[bytes]) -> Iterable[Known]:
        """No articles."""
        return ()

    of_components = of_texts


NO_HISTORY = NoHistory()


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


def replay_of(head: Article | ArticleHead) -> Replay:
    """Return the replay that an article is."""
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
        return None, None, [replay_of(article.head) for article in articles]
    return articles[0], placement, [replay_of(article.head) for article in articles[1:]]


def _position(article: PreparedArticle) -> tuple[str, int]:
    return article.head.source_file, article.head.position
