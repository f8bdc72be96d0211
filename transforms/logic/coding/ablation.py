"""Features of the cascade that can be left out, to measure what each is worth."""

from collections.abc import Iterable
from enum import StrEnum

from schemas.reject import ConfigError


class Feature(StrEnum):
    """What the cascade can do without: the rest of it then works as if nobody had thought of this."""

    NOUNS = "nouns"
    """Events that nouns report: "an offensive by X"."""
    LIGHT_VERBS = "light-verbs"
    """The subject of a verb that carries such a noun: "X launched an offensive"."""
    VICTIMS = "victims"
    """People killed or hurt in a strike or an attack as its patients."""
    OPPONENTS = "opponents"
    """The opponent whom a sentence names without tying it to the attack."""
    PASSIVES = "passives"
    """Passives: without them the subject is taken for the one who acts."""
    RELATIVES = "relatives"
    """What a relative clause is about as its object: "the town which rebels captured"."""
    COORDINATION = "coordination"
    """Actors in a list: "X and Y"."""
    PRONOUNS = "pronouns"
    """Whom "they" and "its" stand for."""
    LINKS = "links"
    """The group that "the rebels" stand for because the article ties the noun to it or is about it."""
    CONTEXT = "context"
    """The country of a bare role noun from its sentence and its story."""
    PLACING = "placing"
    """Victims placed where their attacker attacks, rather than in his own country."""
    MODALITY = "modality"
    """Any modality but actual."""
    DATES = "dates"
    """Expressions of time, which tell what is past and the day of an event."""
    CONSISTENCY = "consistency"
    """The rest of the article on what one sentence leaves open."""


Features = frozenset[Feature]
NOTHING: Features = frozenset()


def features_of(names: Iterable[str]) -> Features:
    """The features of these names.

    Raises:
        ConfigError: there is no such feature; lists those that are.
    """
    wanted = list(names)
    unknown = [name for name in wanted if name not in Feature.__members__.values()]
    if unknown:
        raise ConfigError(f"no feature is called {unknown[0]!r}; there are {', '.join(Feature)}")
    return frozenset(map(Feature, wanted))
