"""One name for each outlet, however records name it."""

import re
from functools import cache, lru_cache
from typing import Any

import tldextract

from transforms.logic.normalising.clean import clean_line
from transforms.logic.normalising.seed_rows import seed_rows
from transforms.logic.normalising.urls import split_url

_NOTHING = frozenset(("none", "null", "nan", "n/a", "unknown", "-"))
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?")


def outlet_of(url: str | None, given: str | None) -> str | None:
    """Return the registered domain of `url`, else of `given` if that is an address, else `given` cleaned.

    "www.nytimes.com" and "https://nytimes.com/x" give "nytimes.com", and blogs of a shared host stay apart.
    Hosts that pass on others' articles (`seeds/url_hosts.tsv`) are no outlets. Works offline; never raises.
    """
    domain = _domain_of(url) if url else None
    if domain or not given:
        return domain
    name = clean_line(given)
    if name.lower() in _NOTHING or not any(map(str.isalnum, name)):
        return None
    return (_domain_of(name) or name) if _ADDRESS.fullmatch(name) else name


def _domain_of(address: str) -> str | None:
    parts = split_url(address)
    return _registered_domain(parts[0]) if parts else None


@lru_cache(maxsize=65536)
def _registered_domain(host: str) -> str | None:
    if any(host == passer or host.endswith("." + passer) for passer in _passers_on()):
        return None
    found = _extractor()(host)
    return str(found.top_domain_under_public_suffix or host) or None


@cache
def _passers_on() -> tuple[str, ...]:
    return tuple(row["host"] for row in seed_rows("url_hosts.tsv"))


@cache
def _extractor() -> Any:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
