"""Lines and endings that belong to the page or the desk, not to the article."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from transforms.logic.normalising.seed_rows import seed_rows

_SEPARATOR = " ¦ "
_LONGEST_LINE = 400
_TAIL_WINDOW = 1000
_MOST_ENDINGS = 100
_SENTENCE_END = frozenset('.!?…"”’)]©:;')


@dataclass(frozen=True)
class Rule:
    """One row of `seeds/boilerplate.tsv`; `finds` tells whether the rule would act on a text of one line."""

    name: str
    place: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    finds: Callable[[str], bool]


def strip_boilerplate(lines: Iterable[str]) -> list[str]:
    """Return the lines of an article without those that belong to the page or the desk.

    `lines` are clean paragraphs in order. Rules are rows of `seeds/boilerplate.tsv`: whole lines go wherever
    they stand, endings (credits, copyright, calls to subscribe) only at the very end, again and again until
    none is left, also where they end the last paragraph. Idempotent (for a hundred endings a paragraph);
    never raises.
    """
    kept = [line for line in lines if not is_boilerplate(line)]
    while kept:
        last = strip_ending(kept.pop())
        if last and not is_boilerplate(last):
            return [*kept, last]
    return kept


def is_boilerplate(line: str) -> bool:
    """Tell whether a whole line is boilerplate wherever it stands."""
    if not line or len(line) > _LONGEST_LINE:
        return False
    by_word, any_word = _line_patterns()
    pattern = by_word.get(line.partition(" ")[0].rstrip(":,.!").lower())
    if pattern is not None and pattern.fullmatch(line):
        return True
    return len(line) < 80 and not line[0].isalpha() and any_word.fullmatch(line) is not None


def strip_ending(line: str) -> str:
    """Return a last paragraph without the boilerplate that ends it."""
    end = len(line)
    for _ in range(_MOST_ENDINGS):
        start = _ending(line, end) if end else None
        if start is None:
            break
        end = len(line[max(0, start - _TAIL_WINDOW) : start].rstrip()) + max(0, start - _TAIL_WINDOW)
    return line[:end]


def _ending(line: str, end: int) -> int | None:
    """Return where the earliest boilerplate ending of `line[:end]` begins, within the last thousand signs."""
    offset = max(0, end - _TAIL_WINDOW)
    window = line[offset:end]
    openings, patterns = _tail_patterns()
    for match in openings.finditer(window):
        start = match.start() - window.startswith("(", match.start() - 1) if match.start() else 0
        if _begins_sentence(window, start) and patterns[match[0]].match(window, start):
            return offset + start
    return None


def _begins_sentence(text: str, position: int) -> bool:
    before = text[max(0, position - 2) : position].rstrip(" ")
    return not position or before[-1:] in _SENTENCE_END


def strip_inline(text: str) -> str:
    """Return `text` with the boilerplate that stands inside paragraphs turned into line breaks."""
    for opening, pattern in _inline_patterns():
        if opening in text:
            text = pattern.sub("\n", text)
    return text


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order of their file."""
    return tuple(_rule(row) for row in seed_rows("boilerplate.tsv"))


def _rule(row: dict[str, str]) -> Rule:
    pattern = re.compile(row["pattern"])
    finds: Callable[[str], bool] = {
        "line": lambda text: pattern.fullmatch(text) is not None and is_boilerplate(text),
        "tail": lambda text: pattern.fullmatch(text) is not None and not strip_ending(text),
        "inline": lambda text: pattern.search(text) is not None and strip_inline(text) != text,
    }[row["place"]]
    examples, counter_examples = (
        tuple(row[name].split(_SEPARATOR)) for name in ("examples", "counter_examples")
    )
    return Rule(row["rule"], row["place"], examples, counter_examples, finds)


def _rows(place: str) -> list[dict[str, str]]:
    return [row for row in seed_rows("boilerplate.tsv") if row["place"] == place]


@cache
def _line_patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    by_word: dict[str, list[str]] = {}
    for row in _rows("line"):
        for word in row["opens"].split():
            by_word.setdefault(word, []).append(f"(?:{row['pattern']})")
    any_word = re.compile("|".join(by_word.pop("*")))
    return {word: re.compile("|".join(patterns)) for word, patterns in by_word.items()}, any_word


@cache
def _tail_patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Return an expression for all openings, and the patterns that each opens."""
    by_opening: dict[str, list[str]] = {}
    for row in _rows("tail"):
        for opening in row["opens"].split(_SEPARATOR):
            by_opening.setdefault(opening, []).append(f"(?:{row['pattern']})")
    longest_first = sorted(by_opening, key=lambda opening: (-len(opening), opening))
    openings = re.compile("|".join(map(re.escape, longest_first)))
    return openings, {
        opening: re.compile("(?:" + "|".join(ps) + r")\s*$") for opening, ps in by_opening.items()
    }


@cache
def _inline_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["opens"], re.compile(row["pattern"])) for row in _rows("inline"))
