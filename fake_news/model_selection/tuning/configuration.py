"""What is searched, read from a TOML file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    Tag,
    model_validator,
)

from fake_news.common.paths import shipped
from fake_news.common.settings import Settings, read_settings

DEFAULT_CONFIGURATION = shipped("config") / "tune.toml"

Value = StrictBool | StrictInt | StrictFloat | str


class Method(StrEnum):
    """How candidates are drawn and dropped."""

    GRID = "grid"
    RANDOM = "random"
    HALVING = "halving"


class Range(Settings):
    """A range of numbers to draw from: evenly, or evenly in their logarithms."""

    low: float
    high: float
    log: bool = False

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low {self.low} is not below high {self.high}")
        if self.log and self.low <= 0:
            raise ValueError(f"low {self.low} has no logarithm")
        return self


def _kind(choices: Any) -> str:
    return "range" if isinstance(choices, dict | Range) else "list"


Choices = Annotated[
    Annotated[list[Value], Field(min_length=1), Tag("list")] | Annotated[Range, Tag("range")], Discriminator(_kind)
]


class SearchTable(Settings):
    """How to search."""

    method: Method = Method.GRID
    folds: Annotated[int, Field(ge=2)] = 5
    order: Literal["stratified", "time"] = "stratified"
    seed: Annotated[int, Field(ge=0)] = 0
    draws: Annotated[int, Field(ge=1)] = 20
    factor: Annotated[int, Field(ge=2)] = 3
    smallest_share: Annotated[float, Field(gt=0, le=1)] = 0.1


Selection = Literal["none", "chi-squared", "recursive-elimination"]
_NO_SELECTION: tuple[Selection, ...] = ("none",)


class FeatureTable(Settings):
    """What is tried with every family."""

    denoise: list[bool] = Field(default_factory=lambda: [False], min_length=1)
    selection: list[Selection] = Field(default_factory=lambda: list(_NO_SELECTION), min_length=1)
    kept_share: Annotated[float, Field(gt=0, lt=1)] = 0.3


class TuningConfiguration(Settings):
    """The whole file; its parts mirror the tables."""

    protocol: Literal["liar", "time"] = "liar"
    search: SearchTable = SearchTable()
    features: FeatureTable = FeatureTable()
    families: Annotated[dict[str, dict[str, Choices]], Field(min_length=1)]

    def with_method(self, method: str | None) -> TuningConfiguration:
        """The same with another method, where one is named."""
        if method is None:
            return self
        return self.model_copy(update={"search": self.search.model_copy(update={"method": Method(method)})})

    def as_json(self) -> dict[str, Any]:
        """The configuration as plain values."""
        return self.model_dump(mode="json")


def read_configuration(path: Path = DEFAULT_CONFIGURATION) -> TuningConfiguration:
    """Read a configuration.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, or a setting is unknown or out of range.
    """
    return read_settings(path, TuningConfiguration, option="--config", example="config/tune.toml")
