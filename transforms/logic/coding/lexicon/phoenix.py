"""Reading the dictionaries of TABARI, PETRARCH and Phoenix: `.actors` and `.agents`.

The grammar is that of the files themselves, with their traps: comments anywhere, provenance behind `;`,
synonyms behind dated codes, dates of six and of eight digits in one row, blanks and underscores alike.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_COMMENT = re.compile(r"[#;].*")
_CODE = re.compile(r"\[([^\[\]]*)\]")
_CONTENT = re.compile(r"([A-Z~*-]*[A-Z0-9~*-]*)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?")
_PLURAL = re.compile(r"\{([^{}]*)\}")
_MACRO = re.compile(r"!([A-Z]+)!")
_DEFINITION = re.compile(r"!([A-Z]+)!\s*=\s*(.+)")
_PIVOT = 30
"""Years of two digits from here on are of the last century."""


class Interval(NamedTuple):
    """Days, both included; None is open."""

    first: date | None
    last: date | None


class DatedCode(NamedTuple):
    """A code and when it holds; `line` is where it stands."""

    code: str
    when: Interval
    line: int


class ActorEntry(NamedTuple):
    """One entry of an `.actors` file: its names with their lines, the primary first, and its codes in order.

    `ignored` are codes behind synonyms, which say nothing: a synonym has those of its name.
    """

    names: list[tuple[str, int]]
    codes: list[DatedCode]
    ignored: list[DatedCode]


class AgentEntry(NamedTuple):
    """One form set of an `.agents` file: singular and plural, either perhaps blank, lower case."""

    singular: str
    plural: str
    code: str
    line: int


class Faults(list[str]):
    """What is malformed in a file: `file:line: what`."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file

    def note(self, line: int, what: str) -> None:
        """Note a malformed line."""
        self.append(f"{self._file}:{line}: {what}")


def read_actors(data: bytes, faults: Faults) -> list[ActorEntry]:
    """The entries of an `.actors` file in their order; entries of one name are left apart.

    A synonym belongs to the name above it, also behind codes. Malformed lines are noted and left out.
    """
    entries: list[ActorEntry] = []
    for number, line in _lines(data, faults):
        head, bracket, tail = line.partition("[")
        name = words_of(head.removeprefix("+"))
        codes = _codes(bracket + tail, number, faults)
        if name and not line.startswith("+"):
            entries.append(ActorEntry([(name, number)], codes, []))
        elif not entries:
            faults.note(number, f"{line!r} stands before any name")
        elif name:
            entries[-1].names.append((name, number))
            entries[-1].ignored.extend(codes)
        elif bracket:
            entries[-1].codes.extend(codes)
        else:
            faults.note(number, f"{line!r} has no name")
    return entries


def words_of(phrase: str) -> str:
    """The words of a phrase, one blank between them; `_` and blanks both divide, a lone `+` is none."""
    return " ".join(word for word in re.split(r"[_\s]+", phrase) if word.strip("+"))


def _lines(data: bytes, faults: Faults) -> Iterator[tuple[int, str]]:
    """The lines that say something, upper case, without comments and blanks around, numbered from 1."""
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.note(number, f"not UTF-8 ({error.reason} at byte {error.start} of the line)")
            continue
        line = _COMMENT.sub("", line).strip()
        if any(ord(sign) < 32 and sign != "\t" for sign in line):
            faults.note(number, "a control character")
        elif line and not line.startswith("<!--"):
            yield number, line.upper()


def _codes(text: str, number: int, faults: Faults) -> list[DatedCode]:
    """The codes in a text of brackets."""
    rest = _CODE.sub("", text).strip()
    if rest:
        faults.note(number, f"{rest!r} is no code in brackets")
        return []
    return [code for match in _CODE.finditer(text) if (code := _code(match[1].strip(), number, faults))]


def _code(content: str, number: int, faults: Faults) -> DatedCode | None:
    match = _CONTENT.fullmatch(content)
    if not match or not match[1]:
        faults.note(number, f"[{content}] is no code, or has no date like <YYMMDD, >YYYYMMDD, YYMMDD-YYMMDD")
        return None
    code, sign, bound, first, last = match.groups()
    try:
        opened = _day(first) if first else _day(bound) if sign == ">" else None
        closed = _day(last) if last else _day(bound) if sign == "<" else None
    except ValueError as error:
        faults.note(number, f"[{content}]: {error}")
        return None
    if opened and closed and closed < opened:
        faults.note(number, f"[{content}] ends before it begins")
        return None
    return DatedCode(code, Interval(opened, closed), number)


def _day(digits: str) -> date:
    """A day of six or eight digits."""
    if len(digits) not in (6, 8):
        raise ValueError(f"{digits} is no date of six or eight digits")
    year = int(digits[:-4])
    if len(digits) == 6:
        year += 1900 if year >= _PIVOT else 2000
    try:
        return date(year, int(digits[-4:-2]), int(digits[-2:]))
    except ValueError:
        raise ValueError(f"there is no day {digits}") from None


def read_agents(data: bytes, faults: Faults) -> list[AgentEntry]:
    """The forms of an `.agents` file in their order, macros (`!PERSON!`) spelled out.

    `{X}` is the plural, `{}` says that there is none, nothing says that it is regular. The words of a macro
    are forms as they are. Malformed lines are noted and left out.
    """
    macros: dict[str, list[str]] = {}
    found: list[AgentEntry] = []
    for number, line in _lines(data, faults):
        definition = _DEFINITION.fullmatch(line)
        if definition:
            macros[definition[1]] = [word.strip() for word in definition[2].split(",") if word.strip()]
        else:
            found += _agent(line, number, macros, faults)
    return found


def _agent(line: str, number: int, macros: dict[str, list[str]], faults: Faults) -> list[AgentEntry]:
    codes, plurals = _CODE.findall(line), _PLURAL.findall(line)
    phrase = _PLURAL.sub(" ", _CODE.sub(" ", line))
    if len(codes) != 1 or len(plurals) > 1 or not words_of(phrase) or re.search(r"[\[\]{}]", phrase):
        faults.note(number, f"{line!r} is not: phrase {{plural}} [~CODE]")
        return []
    code = codes[0].strip()
    if code.count("~") != 1 or code.strip("~") == "":
        faults.note(number, f"[{code}] is not [~CODE] or [CODE~]")
        return []
    unknown = [name for name in _MACRO.findall(_restored(phrase)) if name not in macros]
    if unknown or _MACRO.sub("", _restored(phrase)).count("!"):
        faults.note(number, f"{phrase.strip()!r} uses a set of words that is not defined above")
        return []
    return [
        AgentEntry(singular, plural, code.strip("~"), number)
        for singular, plural in _forms(words_of(_restored(phrase)), plurals, macros)
    ]


def _restored(phrase: str) -> str:
    """The phrase without macros inside a word, which a replacement over the whole file put there.

    `AD!MINIST!RATION` is ADMINISTRATION; `CATTLE!PERSON!` and `!MINIST!_OF_STATE` are meant.
    """
    return re.sub(r"(?<=[A-Z])!([A-Z]+)!(?=[A-Z])", r"\1", phrase)


def _forms(phrase: str, plurals: list[str], macros: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    match = _MACRO.search(phrase)
    if match:
        words = macros[match[1]]
        for word in words:
            form = (phrase[: match.start()] + word + phrase[match.end() :]).lower()
            yield ("", form) if _is_plural(word, words) else (form, "")
    elif plurals:
        yield phrase.lower(), words_of(plurals[0]).lower()
    else:
        yield phrase.lower(), _plural(phrase).lower()


def _is_plural(word: str, words: list[str]) -> bool:
    """Whether a word of a set is the plural of another: MINISTERS, MINISTRIES, MEN."""
    return any(word in (_plural(other), other.replace("MAN", "MEN")) for other in words if other != word)


def _plural(phrase: str) -> str:
    if phrase.endswith(("S", "X", "Z", "CH", "SH")):
        return phrase + "ES"
    if phrase.endswith("Y") and phrase[-2:-1] not in "AEIOU":
        return phrase[:-1] + "IES"
    return phrase + "S"
