"""One clean article from a record as received."""

import re
from dataclasses import replace

from schemas import Article, BodyKind, RawArticle, RejectableError, RejectReason
from transforms.logic.normalising.body import Body, read_body
from transforms.logic.normalising.clean import clean_line
from transforms.logic.normalising.dates import ParsedDate, parse_date
from transforms.logic.normalising.fold import content_hash
from transforms.logic.normalising.identity import Identity, article_id, title_hash
from transforms.logic.normalising.language import detect_language
from transforms.logic.normalising.outlets import outlet_of
from transforms.logic.normalising.titles import clean_title
from transforms.logic.normalising.urls import url_key

_STUB = re.compile(r"\W*(?:\[Removed\]|\[Deleted\]|This (?:article|story) has been removed)\W*", re.I)
_TRUNCATED = re.compile(r"\[\+\d+ chars\]\s*$")
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2}|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[/-](\d{1,2})(?=[/-]|$)"
)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")


def normalise_article(raw: RawArticle) -> Article:
    """Return the clean article that `raw` holds.

    Times are UTC; text, title, outlet, language, URL key and dates are as the modules of this package define
    them. `published` is what the record states, else, marked inferred: what a relative date gives, the file
    name's date, the date in the address, the date that the text opens with. `body_kind` is `none` where no
    body remains and `truncated` where the body says so. The article's id and hash depend on nothing but its
    content, URL key (or outlet and own id), title and stated date. Raises `RejectableError`: `removed` for a
    stub in an article's place, `no_text` when neither title nor body has a letter. No other record raises.
    """
    url = _UNSAFE.sub("", raw.url or "") or None
    outlet = outlet_of(url, raw.outlet)
    title = clean_title(raw.title, (raw.outlet, outlet))
    body = read_body(raw, title)
    url = url or _UNSAFE.sub("", body.page_url or "") or None
    outlet = outlet or outlet_of(url, body.outlet)
    title = title or body.page_title
    key = url_key(url)
    _refuse_empty(title, body.text)
    fetched = parse_date(raw.fetched, fetched=None)
    published = _published(raw, body, url, fetched)
    stated = (published.when, published.precision) if published and not published.inferred else None
    identity = Identity(key, outlet, _own_id(raw), title, stated)
    text_hash = content_hash(body.text) if body.text else title_hash(identity)
    return Article(
        article_id=article_id(identity, text_hash),
        content_hash=text_hash,
        record_id=identity.record_id,
        url=url,
        url_key=key,
        outlet=outlet,
        title=title,
        published=published.when if published else None,
        published_precision=published.precision if published else None,
        published_inferred=published is not None and published.inferred,
        fetched=fetched.when if fetched else None,
        language=detect_language(f"{title or ''}\n{body.text}", raw.language or body.page_language),
        byline=_byline(raw.byline or body.byline),
        body_kind=_body_kind(raw, body.text),
        source_format=raw.source_format,
        source_file=raw.source_file,
        position=raw.position,
        body=body.text,
    )


def _refuse_empty(title: str | None, body: str) -> None:
    present = [text for text in (title, body) if text]
    if present and all(_STUB.fullmatch(text) for text in present):
        raise RejectableError(RejectReason.REMOVED, f"a stub in an article's place: {present[0][:80]!r}")
    if not any(sign.isalpha() for text in present for sign in text):
        raise RejectableError(RejectReason.NO_TEXT, "neither title nor body has a letter")


def _published(raw: RawArticle, body: Body, url: str | None, fetched: ParsedDate | None) -> ParsedDate | None:
    """Return the stated date, else what the file's name, the address or the text's opening suggests."""
    for value in (raw.published, body.page_date):
        stated = parse_date(value, fetched=fetched.when if fetched else None)
        if stated:
            return stated
    suggested = parse_date(raw.published_hint, fetched=None) or parse_date(_url_date(url), fetched=None)
    if suggested:
        return replace(suggested, inferred=True)
    return ParsedDate(*body.head_date, inferred=True) if body.head_date else None


def _url_date(url: str | None) -> str | None:
    match = _URL_DATE.search(url.lower()) if url else None
    if not match:
        return None
    year, month, day = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() else f"{day} {month} {year}"


def _own_id(raw: RawArticle) -> str | None:
    """Return the record's own id, letter for letter but for what cannot be stored."""
    return raw.record_id.strip().encode("utf-8", "replace").decode() or None if raw.record_id else None


def _byline(byline: str | None) -> str | None:
    text = clean_line(byline) if byline else ""
    name = text[3:] if text[:3].lower() == "by " else text
    return None if name.lower() in ("", "none", "null", "nan", "[]") else name


def _body_kind(raw: RawArticle, text: str) -> BodyKind:
    if not text:
        return BodyKind.NONE
    truncated = raw.body_kind is BodyKind.FULL and raw.body is not None and _TRUNCATED.search(raw.body)
    return BodyKind.TRUNCATED if truncated else raw.body_kind
