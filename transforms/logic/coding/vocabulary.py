"""The lexicon compiled for the cascade: word classes, verb forms, frames and the matcher of names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from schemas.event import SUBTYPES, EventType, Modality
from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon, Name, RoleClass, RoleNoun
from schemas.reject import ConfigError
from transforms.logic.coding.ablation import NOTHING, Feature, Features
from transforms.logic.coding.episodes import Episode, read_episodes
from transforms.logic.coding.matching import NameMatcher

if TYPE_CHECKING:
    from transforms.logic.coding.words import Word

Row = Mapping[str, str]

CLASS_LETTERS = {
    "relative": "W",
    "determiner": "D",
    "number": "#",
    "pronoun": "O",
    "auxiliary": "X",
    "modal": "M",
    "negation": "!",
    "preposition": "P",
    "conjunction": "C",
    "subordinator": "S",
    "adverb": "B",
    "weekday": "L",
    "month": "L",
}
"""The class letter of each closed word class of `words.tsv`; the other classes there are plain sets."""


class VerbForm(NamedTuple):
    """One form of a verb. `tags` are of b z d n g: base, third person, past, participle, gerund.

    `also` are of n, a: it may be a noun, an adjective.
    """

    lemma: str
    tags: str
    also: str


class Particle(NamedTuple):
    """Words that must follow a verb; with `gap`, up to six words may stand between."""

    words: tuple[str, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """One row of `verbs.tsv`: a meaning of some verbs."""

    rule: str
    particles: tuple[Particle, ...]
    event_type: EventType
    subtype: str
    frame: str
    object: str
    block: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounFrame:
    """One row of `nouns.tsv`: a meaning of some nouns."""

    rule: str
    event_type: EventType
    subtype: str
    frame: str
    needs: str
    block: frozenset[str]


class Phrase(NamedTuple):
    """A role noun or trigger noun of one or more words."""

    words: tuple[str, ...]
    role: RoleNoun | None
    frame: NounFrame | None


@dataclass(frozen=True)
class Vocabulary:
    """What the cascade looks up, all of it read-only but for `words`, the memory of spellings met.

    `phrases` is keyed by first word, longest phrases first. `sets` are the word sets of `words.tsv`.
    `contexts` gives peoples without a state ("kurdish") their armed actor by country, `homes` the country of
    groups that are their own WHO. `by_word` has the names of one lower-case word, for compounds such as
    "houthi-held".
    """

    lexicon: Lexicon
    classes: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    verbs: Mapping[str, VerbForm]
    verb_frames: Mapping[str, tuple[VerbFrame, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    govern_verbs: Mapping[str, str]
    govern_nouns: Mapping[str, str]
    govern_adjectives: Mapping[str, str]
    light: Mapping[str, str]
    contexts: Mapping[str, Mapping[str, str]]
    homes: Mapping[str, str]
    by_word: Mapping[str, tuple[Name, ...]]
    cues: frozenset[str]
    names: NameMatcher
    episodes: tuple[Episode, ...]
    without: Features = NOTHING
    words: dict[str, "Word"] = field(default_factory=dict, repr=False, compare=False)

    def has(self, feature: Feature) -> bool:
        """Whether the cascade uses this feature."""
        return feature not in self.without


def compile_vocabulary(lexicon: Lexicon, without: Features = NOTHING) -> Vocabulary:
    """The vocabulary of a lexicon; the cascade leaves out the features in `without`.

    Raises:
        ConfigError: a table is missing or a row names a type, subtype or class that does not exist.
    """
    tables = lexicon.tables
    for name in ("words", "verbs", "nouns", "light", "govern", "verb_forms"):
        if name not in tables:
            raise ConfigError(f"the lexicon has no table {name}.tsv")
    sets = {row["class"]: frozenset(_items(row["words"])) for row in tables["words"]}
    verbs = {row["form"]: VerbForm(row["lemma"], row["tags"], row["also"]) for row in tables["verb_forms"]}
    nouns = _noun_frames(tables["nouns"])
    verb_frames = _verb_frames(tables["verbs"])
    return Vocabulary(
        lexicon=lexicon,
        classes=_classes(sets),
        sets=sets,
        verbs=verbs,
        verb_frames=verb_frames,
        phrases=_phrases(lexicon.roles, nouns),
        govern_verbs=_governors(tables["govern"], "verbs"),
        govern_nouns=_governors(tables["govern"], "nouns"),
        govern_adjectives=_governors(tables["govern"], "adjectives"),
        light={verb: row["subject"] for row in tables["light"] for verb in _items(row["verbs"])},
        contexts=_contexts(tables.get("contexts", ())),
        homes={row["who"]: row["country"] for row in tables.get("homes", ())},
        by_word=_by_word(lexicon.names),
        cues=_cues(lexicon, sets),
        names=NameMatcher(lexicon.names),
        without=without,
        episodes=read_episodes(tables.get("episodes", ())),
    )


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def _cues(lexicon: Lexicon, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words that make a weak trigger worth a look: forces, fighters, weapons, danger."""
    armed = (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
    return sets["cue"] | {
        form for form, role in lexicon.roles.items() if role.cls in armed and " " not in form
    }


def _contexts(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    contexts: dict[str, dict[str, str]] = {}
    for row in rows:
        contexts.setdefault(row["word"].lower(), {})[row["country"]] = row["actor_id"]
    return contexts


def _by_word(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        if " " not in name.surface:
            found.setdefault(name.surface.lower(), []).append(name)
    return {word: tuple(same) for word, same in found.items()}


def _classes(sets: Mapping[str, frozenset[str]]) -> dict[str, str]:
    classes: dict[str, str] = {}
    for name, letter in CLASS_LETTERS.items():
        for word in sorted(sets.get(name, frozenset())):
            classes.setdefault(word, letter)
    classes["to"] = "J"
    return classes


def _governors(rows: Iterable[Row], column: str) -> dict[str, str]:
    for row in rows:
        if row["modality"] not in Modality.__members__.values():
            where = f"{row[FILE_KEY]}:{row[ROW_KEY]}"
            raise ConfigError(f"{where}: modality is {row['modality']!r}, not one of {', '.join(Modality)}")
    return {word: row["modality"] for row in rows for word in _items(row[column])}


def _typed(row: Row) -> tuple[EventType, str]:
    where = f"{row[FILE_KEY]}:{row[ROW_KEY]}"
    if row["type"] not in EventType.__members__.values():
        raise ConfigError(f"{where}: type is {row['type']!r}, not one of {', '.join(EventType)}")
    event_type = EventType(row["type"])
    if row["subtype"] not in SUBTYPES[event_type]:
        raise ConfigError(
            f"{where}: subtype is {row['subtype']!r}, not one of {', '.join(SUBTYPES[event_type])}"
        )
    return event_type, row["subtype"]


def _particle(text: str) -> Particle:
    return Particle(tuple(text.removeprefix("~").split()), text.startswith("~"))


def _verb_frames(rows: Iterable[Row]) -> dict[str, tuple[VerbFrame, ...]]:
    frames: dict[str, list[VerbFrame]] = {}
    for row in rows:
        event_type, subtype = _typed(row)
        for lemma in _items(row["lemmas"]):
            rule = f"verb:{lemma}" + (f"+{row['particle'].split(';')[0]}" if row["particle"] else "")
            frame = VerbFrame(
                rule,
                tuple(_particle(p) for p in _items(row["particle"])),
                event_type,
                subtype,
                row["frame"],
                row["object"],
                frozenset(_items(row["block"])),
            )
            frames.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(found, key=lambda f: not f.particles)) for lemma, found in frames.items()}


def _noun_frames(rows: Iterable[Row]) -> dict[str, NounFrame]:
    frames: dict[str, NounFrame] = {}
    for row in rows:
        event_type, subtype = _typed(row)
        block = frozenset(_items(row["block"]))
        for phrase in _items(row["phrases"]):
            frame = NounFrame(f"noun:{phrase}", event_type, subtype, row["frame"], row["needs"], block)
            for form in _plurals(phrase):
                frames.setdefault(form, frame)
    return frames


def _plurals(phrase: str) -> tuple[str, ...]:
    if phrase.endswith(("s", "fire")):
        return (phrase,)
    if phrase.endswith(("sh", "ch")):
        return phrase, phrase + "es"
    if phrase.endswith("y") and phrase[-2] not in "aeiou":
        return phrase, phrase[:-1] + "ies"
    return phrase, phrase + "s"


def _phrases(roles: Mapping[str, RoleNoun], nouns: Mapping[str, NounFrame]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for surface in sorted({*roles, *nouns}):
        words = tuple(surface.split())
        frame = nouns.get(surface)
        role = None if frame else roles.get(surface)
        found.setdefault(words[0], []).append(Phrase(words, role, frame))
    return {word: tuple(sorted(phrases, key=lambda p: -len(p.words))) for word, phrases in found.items()}
