"""One raw record to a coded article without its text: all that needs the text, in one place."""

from dataclasses import dataclass
from datetime import date

from schemas import (
    Article,
    ArticleHead,
    PreparedArticle,
    RawArticle,
)
from transforms.logic.coding import Coder
from transforms.logic.deduplicating import fingerprint
from transforms.logic.normalising import normalise_article

_HEAD = tuple(ArticleHead.model_fields)


@dataclass(frozen=True)
class Preparer:
    """Turns records into prepared articles.

    `published_from` and `published_to` are the first and last day (UTC) of publication taken; undated
    articles always are. `keep_text` keeps the text in what leaves.
    """

    coder: Coder
    keep_text: bool = False
    published_from: date | None = None
    published_to: date | None = None

    def prepare(self, raw: RawArticle) -> PreparedArticle | None:
        """The prepared article, or None for one published outside the chosen days.

        Raises:
            RejectableError: the record is no usable article.
        """
        article = normalise_article(raw)
        if not self._chosen(article):
            return None
        return PreparedArticle(
            head=head_of(article),
            fingerprint=fingerprint(article.body),
            coding=self.coder.code(article),
            text=article.text if self.keep_text else None,
        )

    def _chosen(self, article: Article) -> bool:
        if article.published is None:
            return True
        day = article.published.date()
        return (self.published_from or day) <= day <= (self.published_to or day)


def head_of(article: Article) -> ArticleHead:
    """An article without its text."""
    fields = article.__dict__
    return ArticleHead.of_valid({name: fields[name] for name in _HEAD})
