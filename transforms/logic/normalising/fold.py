"""Folding: what remains of a text when only its words matter."""

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

# Over UTF-8: capitals to small, ASCII that is neither letter nor digit to a blank, the rest as it is.
_ASCII_FOLD = bytes(
    b + 32 if 65 <= b <= 90 else b if b >= 128 or 48 <= b <= 57 or 97 <= b <= 122 else 32 for b in range(256)
)
_ASCII = bytes(range(128))
# Latin letters and typographic signs: none composes with a neighbour, so each folds by itself.
_COMPOSING = re.compile(r"[^\x00-\u024f\u2010-\u206f\u20a0-\u20bf]")


@lru_cache(maxsize=8)  # hash, fingerprint and language of an article each fold the same body
def fold(text: str) -> str:
    """Fold `text` to its words: NFKC, lower case, only letters and digits kept.

    All else becomes a blank, words are divided by one blank, and the result is stripped; combining marks that
    remain are dropped, since Arabic vowel signs and a stray accent divide no word. Texts that differ
    only in case, punctuation, layout or typography fold alike. Idempotent; never raises, lone surrogates
    included. For non-ASCII text the result depends on the Unicode tables of the Python in use
    (`unicodedata.unidata_version`).
    """
    if not text.isascii():
        text = _fold_non_ascii(text)
    folded = text.encode().translate(_ASCII_FOLD)
    while b"  " in folded:  # three rounds at most for prose, and faster than splitting
        folded = folded.replace(b"  ", b" ")
    return folded.strip(b" ").decode()


def content_hash(text: str) -> bytes:
    """Return the BLAKE2b-128 (16 bytes) of `fold(text)`, equal for copies that differ in form only."""
    return hashlib.blake2b(fold(text).encode(), digest_size=16).digest()


def foreign_signs(text: str) -> str:
    """Return the non-ASCII code points of `text`, in order; ten times faster than a regular expression."""
    if text.isascii():
        return ""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _fold_non_ascii(text: str) -> str:
    """Fold the signs one by one where that is sound: they are few, and `replace` beats another pass."""
    foreign = foreign_signs(text)
    if _COMPOSING.search(foreign):
        return _fold_composing(text)
    for sign in set(foreign):
        text = text.replace(sign, _folded_sign(sign))
    return text


@cache
def _folded_sign(sign: str) -> str:
    return _fold_composing(sign)


def _fold_composing(text: str) -> str:
    text = _nfkc(_nfkc(text).lower())
    foreign = {sign for sign in foreign_signs(text) if not sign.isalnum()}
    for sign in foreign:
        text = text.replace(sign, "" if unicodedata.category(sign)[0] == "M" else " ")
    return _nfkc(text) if foreign else text


def _nfkc(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
