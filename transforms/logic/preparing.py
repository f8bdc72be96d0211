"""One raw record to a coded article without its text: all that needs the text, in one place."""

from dataclasses import dataclass, field
from datetime import date

from schemas import (
    Article,
    ArticleHead,
    PreparedArticle,
    RawArticle,
    Reject,
    RejectableError,
)
from transforms.logic.coding import Coder
from transforms.logic.deduplicating import Replay, fingerprint
from transforms.logic.deduplicating.held import HeldIds
from transforms.logic.deduplicating.history import replay_of
from transforms.logic.normalising import normalise_article
from transforms.logic.rejecting import reject_of

_HEAD = tuple(ArticleHead.model_fields)

Outcome = PreparedArticle | Replay | Reject | None
"""What becomes of a record: an article, one known already, a reject, or nothing if its day is not chosen."""


class RecordFaultError(Exception):
    """A fault of ours, met on one record; names the record."""


@dataclass(frozen=True)
class Preparer:
    """Turns records into prepared articles.

    `published_from` and `published_to` are the first and last day (UTC) of publication taken; undated
    articles always are. `keep_text` keeps the text in what leaves. What `held` has is not coded again.
    """

    coder: Coder
    keep_text: bool = False
    published_from: date | None = None
    published_to: date | None = None
    held: HeldIds = field(default_factory=HeldIds)

    def prepare(self, raw: RawArticle) -> PreparedArticle | Replay | None:
        """The prepared article, a replay if it is held, or None if it was published outside the chosen days.

        Raises:
            RejectableError: the record is no usable article.
        """
        article = normalise_article(raw)
        if not self._chosen(article):
            return None
        if article.article_id in self.held:
            return replay_of(article)
        return PreparedArticle(
            head=head_of(article),
            fingerprint=fingerprint(article.body),
            coding=self.coder.code(article),
            text=article.text if self.keep_text else None,
        )

    def outcome(self, raw: RawArticle) -> Outcome:
        """What becomes of a record.

        Raises:
            RecordFaultError: anything but `RejectableError` happened on it.
        """
        try:
            return self.prepare(raw)
        except RejectableError as error:
            return reject_of(raw, error)
        except Exception as error:
            raise RecordFaultError(
                f"{raw.source_file}, record at {raw.position}: {type(error).__name__}: {error}"
            ) from error

    def _chosen(self, article: Article) -> bool:
        if article.published is None:
            return True
        day = article.published.date()
        return (self.published_from or day) <= day <= (self.published_to or day)


def head_of(article: Article) -> ArticleHead:
    """An article without its text."""
    fields = article.__dict__
    return ArticleHead.of_valid({name: fields[name] for name in _HEAD})
