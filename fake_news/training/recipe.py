"""The recipe: every number that training depends on, read from a TOML file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import shipped
from fake_news.common.toml_file import read_toml

DEFAULT_RECIPE = shipped("config") / "detector.toml"


@dataclass(frozen=True, slots=True)
class FeatureRecipe:
    word_min_df: int
    character_min_df: int
    character_scale: float


WORDS, ENCODER = "shipped", "encoder"
"""Families of veracity models that can be trained into a checkpoint, as `compare` names them."""
TRAINED_FAMILIES = (WORDS, ENCODER)


@dataclass(frozen=True, slots=True)
class VeracityRecipe:
    """How truth is read.

    Attributes
    ----------
    family : ``shipped`` for words, ``encoder`` for a logistic head over the encoder's vectors
    encoder_c : inverse regularisation of that head; config/tune_encoder.toml is its search
    """

    logistic_c: float
    ridge_alpha: float
    naive_bayes_alpha: float
    half_life_years: float
    sway_bound: float
    family: str = WORDS
    encoder_c: float = 0.1

    def __post_init__(self) -> None:
        if self.family not in TRAINED_FAMILIES:
            raise TypeError(f"family is {self.family!r}, known are {', '.join(TRAINED_FAMILIES)}")


@dataclass(frozen=True, slots=True)
class CheckWorthinessRecipe:
    logistic_c: float
    fewest_words: int


@dataclass(frozen=True, slots=True)
class SuspicionRecipe:
    logistic_c: float


@dataclass(frozen=True, slots=True)
class AbstentionRecipe:
    error_bound: float
    confidence: float
    false_alarm_bound: float
    unearned_praise_bound: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """The recipe of a detector; its parts mirror the tables of the TOML file."""

    features: FeatureRecipe
    veracity: VeracityRecipe
    suspicion: SuspicionRecipe
    check_worthiness: CheckWorthinessRecipe
    abstention: AbstentionRecipe

    def with_family(self, family: str | None) -> Recipe:
        """The same recipe for another family of veracity models, where one is named.

        Raises
        ------
        PlumblineError
            If it is not a family that can be trained into a checkpoint.
        """
        if family is None:
            return self
        if family not in TRAINED_FAMILIES:
            raise PlumblineError(
                f"There is no family {family!r} that can be trained into a checkpoint.",
                f"Known are {' and '.join(TRAINED_FAMILIES)}.",
            )
        return replace(self, veracity=replace(self.veracity, family=family))

    def as_json(self) -> dict[str, Any]:
        """The recipe as plain values."""
        return dataclasses.asdict(self)


Part = TypeVar("Part")


def read_recipe(path: Path = DEFAULT_RECIPE) -> Recipe:
    """Read a recipe.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, or lacks a setting or has an unknown one.
    """
    return recipe_of(read_toml(path, "Name another with --config."), path)


def recipe_of(tables: Mapping[str, Any], path: Path) -> Recipe:
    """A recipe from its tables.

    Parameters
    ----------
    path : the file or the checkpoint that they are from

    Raises
    ------
    PlumblineError
        If a setting is missing or unknown.
    """
    return Recipe(
        features=_part(FeatureRecipe, tables, "features", path),
        veracity=_part(VeracityRecipe, tables, "veracity", path),
        suspicion=_part(SuspicionRecipe, tables, "suspicion", path),
        check_worthiness=_part(CheckWorthinessRecipe, tables, "check_worthiness", path),
        abstention=_part(AbstentionRecipe, tables, "abstention", path),
    )


def _part(kind: type[Part], tables: Mapping[str, Any], name: str, path: Path) -> Part:
    try:
        return kind(**tables.get(name, {}))
    except TypeError as error:
        raise PlumblineError(
            f"The recipe {path}, table [{name}]: {error}.", "Compare with config/detector.toml."
        ) from error
