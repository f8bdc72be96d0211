"""Shapes: where the known kinds of dump keep an article's fields.

A shape is a table in a TOML file (`seeds/shapes.toml`, or a user's own with the same grammar):

    [my-feed]
    about = "what it is"
    needs = ["headline", "story.text"]      # a record of this shape has these
    records = ["payload.items"]             # where an envelope keeps its records
    [my-feed.fields]
    title = "headline"                      # a dotted path
    byline = "writers[].name"               # [] maps over a list
    # of several the first that says something
    body = ["story.text", { path = "teaser", kind = "summary", html = true }]
    [my-feed.constants]
    outlet = "Example Post"
    [[my-feed.skip]]                        # records that are no articles
    path = "depth"
    above = 0
"""

import re
import tomllib
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from pydantic import Field, ValidationError, field_validator, model_validator

from schemas import BodyKind, ConfigError
from schemas.base import Record

FIELDS = (
    "record_id",
    "url",
    "outlet",
    "title",
    "body",
    "published",
    "published_hint",
    "fetched",
    "language",
    "byline",
)
"""The fields of an article that a shape may map, in the order in which they are looked up."""
GENERIC = "generic"
DOTTED = re.compile(r"[^.\[\]]+(\[\])?(\.[^.\[\]]+(\[\])?)*")


class Finding(Record):
    """One place where a field may be: a dotted path, and what is said of a value found there.

    `html`: it is HTML. `kind`: how much of the text it is. `capture`: the first group of this regular
    expression is the value, not the whole.
    """

    path: str
    html: bool = False
    kind: BodyKind = BodyKind.FULL
    capture: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"path": value} if isinstance(value, str) else value

    @field_validator("path")
    @classmethod
    def _dotted(cls, value: str) -> str:
        if not DOTTED.fullmatch(value):
            raise ValueError("not a dotted path such as 'story.text' or 'authors[].name'")
        return value

    @field_validator("capture")
    @classmethod
    def _one_group(cls, value: str | None) -> str | None:
        try:
            groups = re.compile(value or "()").groups
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        if groups != 1:
            raise ValueError("must have exactly one group")
        return value


class Skip(Record):
    """Records that are not articles: the value at `path` is above a number, or is one of some values."""

    path: str
    above: float | None = None
    equals: tuple[str | bool | int, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Skip":
        if self.above is None and not self.equals:
            raise ValueError("needs 'above' or 'equals'")
        return self


class Shape(Record):
    """Where one kind of dump keeps an article's fields. The module's docstring shows the grammar.

    `columns` names the columns of a table that has no header line. `loose` compares keys without regard to
    case, spaces, `-` and `_`.
    """

    name: str
    about: str = ""
    needs: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    loose: bool = False
    fields: dict[str, tuple[Finding, ...]]
    constants: dict[str, str] = Field(default_factory=dict)
    skip: tuple[Skip, ...] = ()

    @field_validator("fields", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: found if isinstance(found, list | tuple) else [found] for key, found in value.items()}

    @model_validator(mode="after")
    def _known_fields(self) -> "Shape":
        unknown = [name for name in (*self.fields, *self.constants) if name not in FIELDS]
        if unknown:
            raise ValueError(f"no such field: {', '.join(unknown)}; there are {', '.join(FIELDS)}")
        if "body" not in self.fields and "title" not in self.fields:
            raise ValueError("maps neither 'title' nor 'body'")
        if not self.needs and not self.needs_any:
            raise ValueError("needs 'needs' or 'needs_any', or it would fit everything")
        return self


class Shapes(Record):
    """All shapes that a run knows, a user's own before the built-in ones."""

    shapes: tuple[Shape, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in the order in which they are tried."""
        return tuple(shape.name for shape in self.shapes)

    def named(self, name: str) -> Shape | None:
        """The shape of that name."""
        return next((shape for shape in self.shapes if shape.name == name), None)

    @cached_property
    def envelopes(self) -> tuple[str, ...]:
        """Every path at which an envelope may keep its records."""
        return tuple(dict.fromkeys(path for shape in self.shapes for path in shape.records))

    @cached_property
    def columns(self) -> frozenset[str]:
        """Every key that some shape reads, folded: what a header line is recognised by."""
        places = (found for shape in self.shapes for each in shape.fields.values() for found in each)
        return frozenset(fold_key(found.path) for found in places)


def fold_key(key: str) -> str:
    """A key as loose shapes compare it."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


def builtin_path() -> Path:
    """Where the shapes that come with the project are."""
    return Path(str(files("seeds") / "shapes.toml"))


def load_shapes(builtin: Path | None = None, user: Path | None = None) -> Shapes:
    """The built-in shapes and a user's own; his shape of the same name replaces ours.

    Raises:
        ConfigError: a file is missing or wrong; the message names file and key.
    """
    own = _load(user) if user else ()
    taken = {shape.name for shape in own}
    return Shapes(
        shapes=(*own, *(shape for shape in _load(builtin or builtin_path()) if shape.name not in taken))
    )


def _load(path: Path) -> tuple[Shape, ...]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if not tables:
        raise ConfigError(f"{path}: holds no shape")
    return tuple(_shape(path, name, table) for name, table in tables.items())


def _shape(path: Path, name: str, table: object) -> Shape:
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: {name}: a shape is a table: [{name}]")
    try:
        return Shape.model_validate({"name": name, **table})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in (name, *first["loc"]))
        raise ConfigError(f"{path}: {place}: {first['msg'].removeprefix('Value error, ')}") from error
