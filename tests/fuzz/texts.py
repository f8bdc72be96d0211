"""Records with any text in them: they are articles or rejects, and what is coded of them stands in them."""

import json
from collections.abc import Iterator
from functools import cache

from schemas import Article, BodyKind, RawArticle, RejectableError
from tests.conftest import ROOT
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.deduplicating import fingerprint
from transforms.logic.normalising import normalise_article

FIELDS = ("title", "body", "published", "url", "outlet", "language", "byline", "published_hint", "fetched")
SEPARATOR = "\x1f"


def check_normalising(data: bytes) -> None:
    """Any record is an article or a reject, its text is clean, and its fingerprint can be taken."""
    article = article_of(data)
    if article is not None:
        assert "\0" not in article.text
        assert "\r" not in article.text
        assert article.published is None or article.published.utcoffset() is not None
        fingerprint(article.body)
        article.text.encode()


def normalising_seeds() -> Iterator[bytes]:
    """The records of the sample dump, as text and as HTML."""
    for record in _records():
        fields = [str(record.get(name) or "") for name in ("title", "text", "published", "url", "source")]
        yield b"\0" + SEPARATOR.join(fields).encode()
        yield b"\1" + SEPARATOR.join([fields[0], f"<p>{fields[1]}</p><br>&amp;", *fields[2:]]).encode()


def check_coding(data: bytes) -> None:
    """Every event and dyad stands in the text where it says."""
    article = article_of(b"\0" + data)
    if article is None:
        return
    coding = _coder().code(article.model_copy(update={"language": "en"}))
    size = len(article.text)
    for event in coding.events:
        assert article.text[event.evidence.start : event.evidence.end] == event.evidence.text
        assert 0 <= event.trigger_start < event.trigger_end <= size
        assert 0 <= event.actor_start <= event.actor_end <= size
        assert event.mentions > 0
    for dyad in coding.dyads:
        assert article.text[dyad.evidence.start : dyad.evidence.end] == dyad.evidence.text
    assert coding == _coder().code(article.model_copy(update={"language": "en"}))


def coding_seeds() -> Iterator[bytes]:
    """The articles of the sample dump and the sentences of the gold tests."""
    for record in _records():
        yield SEPARATOR.join((record["title"] or "", record["text"] or "")).encode()
    for path in sorted((ROOT / "tests" / "gold").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line).get("text")
            if text:
                yield f"{SEPARATOR}{text}".encode()


def article_of(data: bytes) -> Article | None:
    """The article of an input: a byte of flags, then its fields; None where it is none."""
    if not data:
        return None
    texts = data[1:].decode("utf-8", "replace").split(SEPARATOR)
    fields = {name: text or None for name, text in zip(FIELDS, texts, strict=False)}
    kind = list(BodyKind)[(data[0] >> 1) % len(BodyKind)]
    raw = RawArticle(
        source_file="a",
        position=0,
        source_format="x",
        body_kind=kind,
        body_is_html=data[0] % 2 == 1,
        **fields,
    )
    try:
        return normalise_article(raw)
    except RejectableError:
        return None


def _records() -> Iterator[dict[str, str]]:
    lines = (ROOT / "seeds" / "sample" / "meridian_wire.jsonl").read_text("utf-8", "replace").splitlines()
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and isinstance(found.get("text"), str):
            yield found


@cache
def _coder() -> Coder:
    return Coder(load_lexicon())
