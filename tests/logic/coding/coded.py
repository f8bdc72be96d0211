"""What the coder makes of an invented text, for the tests beside this file."""

from functools import cache

from schemas.article import RawArticle
from schemas.event import Event
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.normalising import normalise_article


@cache
def coder() -> Coder:
    """The coder of the project's lexicon, built once in a process."""
    return Coder(load_lexicon())


def events_of(text: str, published: str | None) -> tuple[Event, ...]:
    """The events of an English article of one text."""
    raw = RawArticle(
        source_file="t",
        position=0,
        source_format="jsonl",
        record_id="1",
        title=None,
        body=text,
        published=published,
        language="en",
    )
    article = normalise_article(raw).model_copy(update={"language": "en"})
    return coder().code(article).events
