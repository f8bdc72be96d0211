"""The base of every record that flows through the pipeline."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record: no unknown fields, no NaN, no infinity.

    Records hold tuples, never sets, so that one value has one encoding.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
