"""Text of HTML fragments, and of wiki mark-up."""

import html
import re

_HTML = re.compile(
    r"</(?:p|div|a|span|li|ul|figure|strong|em|b|i|h[1-6]|blockquote)\s*>|<(?:br|p|img)\b[^<>]*>", re.I
)
_ESCAPED_HTML = re.compile(r"&lt;/(?:p|div|a|span|li|h[1-6])&gt;", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9-]*)\b[^<>]*?(/?)>|</?[a-zA-Z!?][^<>]*>", re.S)
_SKIPPED_NAMES = """
script style noscript template iframe svg button form nav figure aside gu-atom object video audio
"""
_INLINE_NAMES = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike
strong sub sup time tt u var wbr
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WIKI_FILE = re.compile(r"\[\[(?:File|Image|Category):(?:[^\[\]]|\[\[[^\[\]]*\]\])*\]\]", re.I)
_WIKI_OUTER = re.compile(r"\[(?:https?:)?//[^\s\]]+(?:\s+([^\]\n]*))?\]")
_WIKI_HEADING = re.compile(r"^(={2,6})\s*(.+?)\s*\1\s*$", re.M)
_WIKI_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")


def looks_like_page(text: str) -> bool:
    """Tell whether `text` is a whole HTML page."""
    return "<" in text[:2000] and _PAGE.search(text, 0, 2000) is not None


def looks_like_fragment(text: str) -> bool:
    """Tell whether `text` holds HTML elements."""
    return "<" in text and _HTML.search(text) is not None


def unescape_markup(text: str) -> str:
    """Return `text` with its mark-up unescaped if the mark-up itself was escaped, as many feeds do."""
    return html.unescape(text) if "&lt;/" in text and _ESCAPED_HTML.search(text) else text


def fragment_text(text: str) -> str:
    """Return the text of an HTML fragment, one block a line, in time linear in its length.

    Paragraphs, headings, list items and cells are lines. Scripts, figures with their captions, asides (the
    "related" boxes of many outlets), embedded atoms, forms and navigation are left out; an element of these
    that is never closed hides nothing. Entities are resolved. Never raises.
    """
    tags = list(_TAG.finditer(text))
    closings = _closings(tags)
    pieces: list[str] = []
    position = index = 0
    while index < len(tags):
        tag = tags[index]
        pieces.append(" ".join(text[position : tag.start()].split("\n")))
        name = (tag[2] or "").lower()
        index = closings.get(index, index)
        if name and name not in _INLINE:
            pieces.append("\n")
        position = tags[index].end()
        index += 1
    pieces.append(" ".join(text[position:].split("\n")))
    return html.unescape("".join(pieces))


def strip_wiki(text: str) -> str:
    """Return `text` without wiki mark-up: `[[a|b]]` is b, `[url label]` its label; files and templates go.

    Text without a wiki link or template is no wiki text and stays as it is.
    """
    if "[[" not in text and "{{" not in text:
        return text
    if "[[" in text:
        text = _WIKI_LINK.sub(r"\1", _WIKI_FILE.sub("", text))
    if "{{" in text:
        text = _WIKI_TEMPLATE.sub("", text)
    if "[http" in text or "[//" in text:
        text = _WIKI_OUTER.sub(lambda match: match[1] or "", text)
    if "'''" in text:
        text = text.replace("'''", "")
    return _WIKI_HEADING.sub(r"\2", text) if "==" in text else text


def _closings(tags: list[re.Match[str]]) -> dict[int, int]:
    """Return, for each closed element that is left out, the indices of its opening and closing tags."""
    closings: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        name = (tag[2] or "").lower()
        if name not in _SKIPPED or tag[3]:
            continue
        if not tag[1]:
            opened.setdefault(name, []).append(index)
        elif opened.get(name):
            closings[opened[name].pop()] = index
    return closings
