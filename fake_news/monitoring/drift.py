"""Drift: how far the histograms of a window are from the reference, and what that means for readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, Strict, create_model, model_validator

from fake_news.common.paths import shipped
from fake_news.common.settings import Count, Positive, Settings, read_settings
from fake_news.monitoring.distances import ks_critical_value, ks_p_value, ks_statistic, population_stability_index
from fake_news.monitoring.reference import Reference, usual_index
from fake_news.monitoring.traits import Histograms, Trait

DEFAULT_THRESHOLDS = shipped("config") / "drift.toml"


class Threshold(Settings):
    """The population stability index from which a trait counts as changed, and as drifted."""

    changed_from: Positive
    drifted_from: Positive

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if self.changed_from >= self.drifted_from:
            raise ValueError(f"changed_from {self.changed_from} is not below drifted_from {self.drifted_from}")
        return self


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds of drift.

    Attributes
    ----------
    days : length of the window in days, today included
    fewest_statements : smaller windows are not judged
    significance : how often unchanged texts may be called drifted by chance, over all traits together
    """

    days: int
    fewest_statements: int
    significance: float
    traits: Mapping[Trait, Threshold]

    @property
    def significance_of_a_trait(self) -> float:
        """The significance of each test, so that all together keep the stated one (Bonferroni; Dunn 1961)."""
        return self.significance / len(self.traits)


class _Common(Settings):
    days: Count
    fewest_statements: Count
    significance: Annotated[float, Strict(), Field(gt=0, le=0.2)]


_TABLES: dict[str, Any] = {trait.name.lower(): (Threshold, Field(alias=trait.value)) for trait in Trait}
_File = create_model("_File", __base__=_Common, **_TABLES)


def read_thresholds(path: Path = DEFAULT_THRESHOLDS) -> Thresholds:
    """Read thresholds.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, lacks a setting, or has one that is unknown or not allowed.
    """
    found = read_settings(path, _File, option="--config", example="config/drift.toml")
    traits = {trait: getattr(found, trait.name.lower()) for trait in Trait}
    return Thresholds(found.days, found.fewest_statements, found.significance, traits)


class State(StrEnum):
    """The state of a trait, or of all of them, from best to worst."""

    UNKNOWN = "unknown"
    ALIKE = "alike"
    CHANGED = "changed"
    DRIFTED = "drifted"


@dataclass(frozen=True)
class TraitDrift:
    """How one trait compares with the reference.

    Attributes
    ----------
    statements : how many statements of the window have the trait
    psi : population stability index
    psi_of_alike : the index that windows of as many unchanged statements rarely exceed
    ks, ks_critical, p_value : Kolmogorov-Smirnov statistic, its critical value, and its p-value
    """

    trait: Trait
    state: State
    statements: int
    psi: float | None
    psi_of_alike: float | None
    ks: float | None
    ks_critical: float | None
    p_value: float | None
    advice: str


@dataclass(frozen=True)
class Drift:
    """How a window compares with the reference.

    Attributes
    ----------
    state : that of the trait which changed most
    statements : number of statements in the window
    """

    state: State
    statements: int
    traits: tuple[TraitDrift, ...]
    advice: str

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as plain values."""
        return {
            "state": self.state.value,
            "statements": self.statements,
            "advice": self.advice,
            "traits": [
                {
                    "trait": one.trait.value,
                    "state": one.state.value,
                    "statements": one.statements,
                    **{
                        name: _rounded(getattr(one, name))
                        for name in ("psi", "psi_of_alike", "ks", "ks_critical", "p_value")
                    },
                    "advice": one.advice,
                }
                for one in self.traits
            ],
        }


FEWEST_OF_A_TRAIT = 50
"""Fewest statements with a trait for which it is judged: a window may have few claims, for example."""


def compare(reference: Reference, window: Histograms, thresholds: Thresholds) -> Drift:
    """Compare a window with the reference, trait by trait.

    A trait has changed where its index is large and neither the test nor the variation between texts explains that.
    """
    statements = sum(window[Trait.LENGTH])
    if statements < thresholds.fewest_statements:
        return Drift(
            State.UNKNOWN,
            statements,
            (),
            f"Too little was read to compare: {statements:,} statements, and {thresholds.fewest_statements:,} are "
            "needed.",
        )
    traits = tuple(_compare(trait, reference, window, thresholds) for trait in Trait)
    order = list(State)
    state = max((one.state for one in traits), key=order.index)
    return Drift(state, statements, traits, _OVERALL[state])


def _compare(trait: Trait, reference: Reference, window: Histograms, thresholds: Thresholds) -> TraitDrift:
    before, now = reference.histograms[trait], window[trait]
    count, total = sum(before), sum(now)
    if total < FEWEST_OF_A_TRAIT:
        return TraitDrift(trait, State.UNKNOWN, total, None, None, None, None, None, _ADVICE[trait, State.UNKNOWN])
    psi, ks = population_stability_index(before, now), ks_statistic(before, now)
    p_value = ks_p_value(ks, count, total)
    bound, significance = thresholds.traits[trait], thresholds.significance_of_a_trait
    psi_of_alike = usual_index(reference.variation, trait, sum(window[Trait.LENGTH]))
    by_chance = p_value > significance or psi <= psi_of_alike
    if psi >= bound.drifted_from and not by_chance:
        state = State.DRIFTED
    elif psi >= bound.changed_from and not by_chance:
        state = State.CHANGED
    else:
        state = State.ALIKE
    critical = ks_critical_value(significance, count, total)
    return TraitDrift(trait, state, total, psi, psi_of_alike, ks, critical, p_value, _ADVICE[trait, state])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


_OVERALL = {
    State.UNKNOWN: "Too little was read to compare.",
    State.ALIKE: "What is read here looks like what the model was measured on: its published error rates apply.",
    State.CHANGED: "What is read here differs somewhat from what the model was measured on: take its verdicts with "
    "care.",
    State.DRIFTED: "What is read here differs much from what the model was measured on: its published error rates may "
    "not hold. Look for a newer model, retrain, or rely on fact-checks alone.",
}

_CHANGES = {
    Trait.SCORE: (
        "The scores lie elsewhere than on ordinary articles.",
        "Read some statements of the bins that grew, give feedback where verdicts are wrong, and retrain.",
    ),
    Trait.LENGTH: (
        "Statements are longer or shorter than in articles.",
        "Comments, headlines, lists or badly split text? The model was measured on sentences of articles.",
    ),
    Trait.UNKNOWN_WORDS: (
        "Another share of the words is unknown to the model.",
        "New topics, names or another language: train with newer data.",
    ),
    Trait.CLAIM: (
        "More or fewer of the sentences are claims than in articles.",
        "Opinion, dialogue or bare facts? Check that sentences without a claim are labelled so.",
    ),
    Trait.MATCH: (
        "Fact-checks decide more or fewer claims than in articles.",
        "More: what is read was checked often. Fewer: the index may be old; import newer fact-checks.",
    ),
}

_ADVICE = {
    (trait, state): text
    for trait, (what, then) in _CHANGES.items()
    for state, text in (
        (State.UNKNOWN, "Too few statements of this kind to compare."),
        (State.ALIKE, "As it was."),
        (State.CHANGED, f"{what} {then}"),
        (State.DRIFTED, f"{what} {then}"),
    )
}
