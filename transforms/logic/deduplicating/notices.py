"""Texts that are not articles: notices that many pages of a site share word for word."""

import re

MIN_IDENTITY = 3
"""Words below which a text says nothing, so that even exact copies of it are not the same story."""

STOCK_LIMIT, STOCK_SHARE = 150, 0.2
"""A text of at most so many words, of which so many are stock words, is a notice."""

_STOCK_WORD = re.compile(
    r"""\b(?:
    404|access|account|ad|adblock|advertisement|agree|browser?|browsing|captcha|click|consent|continuing|cookies?
    |denied|disabled|emails?|enabled?|expired|experience|facebook|follow|free|instagram|javascript|login|loading
    |menu|newsletters?|originally|page|password|permission|policy|preferences|privacy|published|registered
    |register|reload|republished|reproduced|reserved|rights|settings|share|sign|signup|subscribers?|subscribe
    |subscription|terms|twitter|unavailable|unlimited|unsubscribe|video|whatsapp|youtube
    )\b""",
    re.VERBOSE,
)


def is_notice(folded: str) -> bool:
    """Say whether a folded text is empty or made of stock words (cookies, log-in, page not found)."""
    words = folded.count(" ") + 1
    if words > STOCK_LIMIT:
        return False
    return words < MIN_IDENTITY or len(_STOCK_WORD.findall(folded)) >= STOCK_SHARE * words
