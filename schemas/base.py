"""The base of every record that flows through the pipeline."""

from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record: no unknown fields, no NaN, no infinity.

    Records hold tuples, never sets, so that one value has one encoding.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def of_valid(cls, fields: dict[str, Any]) -> Self:
        """A record of all its fields, taken from a valid record: `model_construct`, ten times as fast."""
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", fields)
        object.__setattr__(record, "__pydantic_fields_set__", _fields_of(cls))
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record

    @classmethod
    def of_fields(cls, values: dict[str, Any]) -> Self:
        """As `of_valid`, of values in any order, with some that are no fields of it."""
        return cls.of_valid({name: values[name] for name in cls.model_fields})


@cache
def _fields_of(model: type[BaseModel]) -> set[str]:
    """The names of a model's fields, one set for all its records: they are frozen, and a copy copies it."""
    return set(model.model_fields)
