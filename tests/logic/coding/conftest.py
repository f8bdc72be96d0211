"""What the tests of constructions share."""

from collections.abc import Callable

import pytest

from schemas.article import RawArticle
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.normalising import normalise_article

Code = Callable[[str, str], set[str]]


@pytest.fixture(scope="session")
def code() -> Code:
    """What a text reports, as `type role WHO:side modality`."""
    coder = Coder(load_lexicon())

    def coded(text: str, published: str) -> set[str]:
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
        return {
            f"{e.event_type} {e.role} {e.actor_who}:{e.actor_side} {e.modality}"
            for e in coder.code(article).events
        }

    return coded
