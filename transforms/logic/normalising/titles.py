"""Titles without the outlet's name behind them."""

import re
from functools import lru_cache

from transforms.logic.normalising.clean import clean_line
from transforms.logic.normalising.fold import fold
from transforms.logic.normalising.markup import fragment_text, looks_like_fragment

_SUFFIX = re.compile(r"^(.*\S) ?(?: [-–—|»·:]{1,2}|[|»]) ?([^|»]{2,60})$", re.S)
_COLUMN = re.compile(r"(\S+(?: \S+){2,}) \| ([^|]{2,80})")
_MOST_WORDS = 8
_EMPTY = frozenset(("none", "null", "nan", "untitled", "no title"))


def clean_title(title: str | None, names: tuple[str | None, ...]) -> str | None:
    """Return the title on one line, without mark-up or the outlet's name behind it, None if empty.

    `names` are the outlet's name as given and its domain: " - BBC News" and " – The Example" go when they
    fold to one of these ("Example" and "The Example" count as one). Behind a bar, a name of whatever kind
    goes (site, columnist, section): up to eight words, no longer than the title before them.
    """
    if not title:
        return None
    text = clean_line(fragment_text(title) if looks_like_fragment(title) else title)
    known = {key for name in names if name for key in _keys(name)}
    match = _SUFFIX.match(text) if known else None
    if match and _keys(match[2]) & known:
        text = match[1].rstrip(" -–—|»·:")
    match = _COLUMN.fullmatch(text)
    if match and len(match[2].split()) <= min(_MOST_WORDS, len(match[1].split())):
        text = match[1]
    return text if text and text.lower() not in _EMPTY else None


@lru_cache(maxsize=4096)
def _keys(name: str) -> frozenset[str]:
    """Return what a name of an outlet folds to: as words, and as the label of its domain."""
    words = fold(name).removeprefix("the ").removeprefix("www ")
    joined = words.replace(" ", "")
    label = fold(name.removeprefix("www.").split(".", 1)[0]) if "." in name and " " not in name else ""
    keys = (joined, label.replace(" ", ""), label.removeprefix("the"))
    return frozenset(key for key in keys if len(key) > 1)
