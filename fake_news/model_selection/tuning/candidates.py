"""Candidates: a family with settings; the configuration that says what is searched, and how candidates are drawn."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Discriminator, Field, StrictBool, StrictFloat, StrictInt, Tag, model_validator
from sklearn.base import clone
from sklearn.feature_selection import RFE, SelectPercentile, chi2
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import shipped
from fake_news.common.settings import Settings, read_settings
from fake_news.model_selection.families import SHIPPED, Family, settings_text

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
    """The features that are tried with every family."""

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
        """Return the same configuration with another method, if one is named."""
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


SELECTION = "selection"
_ROUNDS_OF_ELIMINATION = 4
_FAILED_DRAWS = 100  # draws in a row that repeat a candidate, after which drawing stops


@dataclass(frozen=True)
class Candidate:
    """A family with settings, in the order of the configuration."""

    family: str
    settings: tuple[tuple[str, Value], ...]

    @property
    def key(self) -> str:
        """The candidate as text, the same in every process."""
        return json.dumps([self.family, self.settings])

    @property
    def settings_text(self) -> str:
        """The settings in one line."""
        shown = {name: value for name, value in self.settings if value not in ("none", False)}
        return settings_text(
            {name: f"{value:.3g}" if isinstance(value, float) else value for name, value in shown.items()}
        )


def candidates(configuration: TuningConfiguration, known: Mapping[str, Family]) -> list[Candidate]:
    """List what is searched; the shipped recipe is always the first, as all others are compared to it.

    Raises
    ------
    PlumblineError
        If a family or one of its settings is unknown, or a grid holds a range.
    """
    spaces = {name: _space(name, configuration, known) for name in configuration.families}
    shipped = Candidate(SHIPPED, ())
    if configuration.search.method is Method.RANDOM:
        found = _drawn(spaces, configuration.search.draws, configuration.search.seed)
    else:
        found = [candidate for name, space in spaces.items() for candidate in _grid(name, space)]
    return list(dict.fromkeys([shipped, *map(_plain, found)]))


def pipeline_of(candidate: Candidate, family: Family, kept_share: float) -> Pipeline:
    """Build the family's unfitted pipeline with the candidate's settings; selection follows the vectorizer."""
    pipeline = clone(family.pipeline)
    settings = dict(candidate.settings)
    selection = settings.pop(SELECTION, "none")
    pipeline.set_params(**{_parameter(name, family): value for name, value in settings.items()})
    if selection != "none":
        pipeline.steps.insert(1, (SELECTION, _selector(str(selection), kept_share)))
    return pipeline


def _selector(method: str, kept_share: float) -> Any:
    if method == "chi-squared":
        return SelectPercentile(chi2, percentile=100.0 * kept_share)
    step = (1.0 - kept_share) / _ROUNDS_OF_ELIMINATION
    return RFE(LinearSVC(C=0.1, random_state=0), n_features_to_select=kept_share, step=step)


def _space(name: str, configuration: TuningConfiguration, known: Mapping[str, Family]) -> dict[str, Choices]:
    if name not in known:
        raise PlumblineError(f"There is no family {name!r}.", f"Known are {', '.join(known)}.")
    shared: dict[str, Choices] = {
        "denoise": list(configuration.features.denoise),
        SELECTION: list(configuration.features.selection),
    }
    if not known[name].learns_vocabulary:
        shared = {}
    space = {**shared, **configuration.families[name]}
    for setting in space:
        if setting != SELECTION:
            _parameter(setting, known[name])
    return space


def _parameter(setting: str, family: Family) -> str:
    """The pipeline's name of a setting: one of the classifier's, else one of the vectorizer's."""
    steps = {
        step: family.pipeline[step] for step in ("classifier", "vectorizer") if step in family.pipeline.named_steps
    }
    for step, estimator in steps.items():
        if setting in estimator.get_params(deep=False):
            return f"{step}__{setting}"
    known = sorted({name for estimator in steps.values() for name in estimator.get_params(deep=False)})
    raise PlumblineError(f"The family {family.name} has no setting {setting!r}.", f"It has {', '.join(known)}.")


def _grid(name: str, space: Mapping[str, Choices]) -> Iterator[Candidate]:
    for setting, choices in space.items():
        if isinstance(choices, Range):
            raise PlumblineError(
                f"{setting} of {name} is a range, and a grid needs a list.",
                "List numbers, or search at random.",
            )
    for chosen in product(*(choices for choices in space.values() if not isinstance(choices, Range))):
        yield Candidate(name, tuple(zip(space, chosen, strict=True)))


def _drawn(spaces: Mapping[str, Mapping[str, Choices]], draws: int, seed: int) -> list[Candidate]:
    """Draw different candidates, families evenly; fewer than asked for if there are no more."""
    random = np.random.default_rng(seed)
    found: dict[Candidate, None] = {}
    names, failed = list(spaces), 0
    while len(found) < draws and failed < _FAILED_DRAWS:
        name = names[int(random.integers(len(names)))]
        candidate = Candidate(name, tuple((key, _draw(choices, random)) for key, choices in spaces[name].items()))
        failed = failed + 1 if candidate in found else 0
        found[candidate] = None
    return list(found)


def _draw(choices: Choices, random: np.random.Generator) -> Value:
    if not isinstance(choices, Range):
        return choices[int(random.integers(len(choices)))]
    if choices.log:
        return math.exp(random.uniform(math.log(choices.low), math.log(choices.high)))
    return float(random.uniform(choices.low, choices.high))


def _plain(candidate: Candidate) -> Candidate:
    """Drop settings of the shipped recipe that change nothing, so that it is not tried twice."""
    if candidate.family == SHIPPED and all(value in ("none", False) for _, value in candidate.settings):
        return Candidate(SHIPPED, ())
    return candidate
