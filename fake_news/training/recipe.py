"""The recipe: every number that training depends on, read from a TOML file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import shipped
from fake_news.common.settings import STRICT, Count, Positive, Share, read_settings, settings_of

DEFAULT_RECIPE = shipped("config") / "detector.toml"

_EXAMPLE = "config/detector.toml"


@dataclass(frozen=True, slots=True)
class FeatureRecipe:
    """Which words and parts of words are features; ``character_scale`` weighs the parts against the words."""

    __pydantic_config__ = STRICT

    word_min_df: Count
    character_min_df: Count
    character_scale: Positive


WORDS, ENCODER = "shipped", "encoder"
"""Families of veracity models that can be trained into a checkpoint, as `compare` names them."""
TRAINED_FAMILIES = (WORDS, ENCODER)


@dataclass(frozen=True, slots=True)
class VeracityRecipe:
    """How P(true) is learned.

    Attributes
    ----------
    half_life_years : a ruling this much older counts half
    max_identity_effect : swapping who is named changes P(true) by no more than this, on average
    family : ``shipped`` for words, ``encoder`` for a logistic head over the encoder's vectors
    encoder_c : inverse regularisation of that head; config/tune_encoder.toml is its search
    """

    __pydantic_config__ = STRICT

    logistic_c: Positive
    ridge_alpha: Positive
    naive_bayes_alpha: Positive
    half_life_years: Positive
    max_identity_effect: Annotated[Positive, Field(validation_alias=AliasChoices("max_identity_effect", "sway_bound"))]
    family: Literal["shipped", "encoder"] = "shipped"
    encoder_c: Positive = 0.1


@dataclass(frozen=True, slots=True)
class CheckWorthinessRecipe:
    """How claims are separated from other sentences."""

    __pydantic_config__ = STRICT

    logistic_c: Positive
    fewest_words: Count


@dataclass(frozen=True, slots=True)
class FalseClaimRecipe:
    """How false claims are separated from ordinary text."""

    __pydantic_config__ = STRICT

    logistic_c: Positive


@dataclass(frozen=True, slots=True)
class AbstentionRecipe:
    """When the detector gives no label.

    Attributes
    ----------
    error_bound : of what is called likely-*, at most this share is wrong, at an even base rate
    confidence : of every bound
    false_alarm_bound : share of ordinary sentences that may be called likely-false
    likely_true_bound : share of ordinary sentences that may be called likely-true
    """

    __pydantic_config__ = STRICT

    error_bound: Share
    confidence: Share
    false_alarm_bound: Share
    likely_true_bound: Annotated[
        Share, Field(validation_alias=AliasChoices("likely_true_bound", "unearned_praise_bound"))
    ]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The recipe of a detector; its parts mirror the tables of the TOML file."""

    __pydantic_config__ = STRICT

    features: FeatureRecipe
    veracity: VeracityRecipe
    false_claim: Annotated[FalseClaimRecipe, Field(validation_alias=AliasChoices("false_claim", "suspicion"))]
    check_worthiness: CheckWorthinessRecipe
    abstention: AbstentionRecipe

    def with_family(self, family: str | None) -> Recipe:
        """Return the same recipe for another family of veracity models, if one is named.

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
        chosen: Literal["shipped", "encoder"] = "encoder" if family == ENCODER else "shipped"
        return replace(self, veracity=replace(self.veracity, family=chosen))

    def as_json(self) -> dict[str, Any]:
        """The recipe as plain values."""
        return dataclasses.asdict(self)


def read_recipe(path: Path = DEFAULT_RECIPE) -> Recipe:
    """Read a recipe.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, lacks a setting, or has one that is unknown or not allowed.
    """
    return read_settings(path, Recipe, option="--config", example=_EXAMPLE)


def recipe_of(tables: Mapping[str, Any], path: Path) -> Recipe:
    """Check the recipe of a checkpoint.

    Parameters
    ----------
    tables : the recipe as its ``model.json`` holds it
    path : the checkpoint's folder

    Raises
    ------
    PlumblineError
        If a setting is missing or unknown.
    """
    return settings_of(tables, Recipe, where=f"The recipe of {path}", example=_EXAMPLE)
