"""Keys that all addresses of one article share."""

import re
from functools import cache
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from transforms.logic.normalising.seed_rows import seed_rows

_LONGEST = 4096
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]+|\d{1,3})|\[[0-9a-f:.]+\]")
_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)")
_WRAPPED = re.compile(
    r"(?:[\w-]+\.cdn\.ampproject\.org/[cvw]/(?:s/)?|(?:www\.)?google\.[a-z.]+/amp/(?:s/)?)(.+)"
)
_TAIL = re.compile(r"(?:/(?:index|default)\.(?:html?|php|aspx?|jsp)|/amp|\.amp|/)+/?$", re.I)
_KEPT_IN_PATH = "/-._~!$&'()*+,;=:@"


def split_url(url: str) -> tuple[str, str, str] | None:
    """Return host (lower case, no port, no `www.`), path and query of a web address, or None.

    An address without a scheme counts when its host looks like one. Never raises.
    """
    text = url.strip()
    if not text or len(text) > _LONGEST:
        return None
    lowered = text[:8].lower()
    if lowered.startswith(("http://", "https://")):
        text = "".join(text.split())[lowered.index("//") + 2 :]
    elif text.startswith("//"):
        text = text[2:]
    elif _SCHEME.match(text) or len(text.split()) > 1:
        return None
    wrapped = _WRAPPED.match(text)
    text = wrapped[1] if wrapped else text
    try:
        parts = urlsplit("//" + text)
        port = parts.port
    except ValueError:
        return None
    host = _ascii_host(parts.hostname or "")
    if host is None:
        return None
    return (f"{host}:{port}" if port not in (None, 80, 443) else host), parts.path, parts.query


def url_key(url: str | None) -> str | None:
    """Return what all addresses of one article share ("bbc.co.uk/news/world-1?page=2"), or None.

    Scheme, default port, user, fragment, `www.`, `m.` and `amp.`, a trailing slash, `index.html`, the amp
    form of the path and the parameters of `seeds/url_trackers.tsv` are dropped; the query is sorted; escapes
    and international host names are normalised. It finds versions of an article and never proves two texts
    equal. Anything that is no web address gives None. Idempotent; never raises.
    """
    parts = split_url(url) if url else None
    if parts is None:
        return None
    host, path, query = parts
    kept = _kept(query) if query else ""
    return f"{_PREFIX.sub('', host, count=1)}{_path_key(path)}{'?' + kept if kept else ''}"


def _path_key(path: str) -> str:
    if not path or path == "/":
        return ""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            segments[-1:] = []
        elif segment not in ("", "."):
            segments.append(segment)
    joined = _TAIL.sub("", "/" + "/".join(segments))
    if "%" in joined or not joined.isascii() or any(sign in joined for sign in '"<>\\^`{|}'):
        return quote(unquote(joined, errors="surrogateescape"), safe=_KEPT_IN_PATH, errors="surrogateescape")
    return joined


def _kept(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape", max_num_fields=None)
    kept = sorted(pair for pair in pairs if not _is_tracker(*pair))
    return "&".join(
        f"{quote_plus(name, errors='surrogateescape')}={quote_plus(value, errors='surrogateescape')}"
        for name, value in kept
    )


def _is_tracker(name: str, value: str) -> bool:
    exact, prefixes = _trackers()
    lowered = name.lower()
    values = exact.get(lowered)
    if values is not None:
        return "any" in values or value.lower() in values
    return lowered.startswith(prefixes)


@cache
def _trackers() -> tuple[dict[str, frozenset[str]], tuple[str, ...]]:
    exact = {row["name"]: frozenset(row["values"].split("|")) for row in seed_rows("url_trackers.tsv")}
    prefixes = tuple(name.removesuffix("*") for name in exact if name.endswith("*"))
    return exact, prefixes


def _ascii_host(host: str) -> str | None:
    host = host.rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if ":" in host:
        return f"[{host}]"
    return host if _HOST.fullmatch(host) else None
