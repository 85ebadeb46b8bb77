"""When drift is called drift: thresholds, read from a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, Strict, create_model, model_validator

from fake_news.common.paths import shipped
from fake_news.common.settings import Count, Positive, Settings, read_settings
from fake_news.monitoring.traits import Trait

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
    """When drift is called drift.

    Attributes
    ----------
    days : the latest days that are looked at, today included
    fewest_statements : with fewer in the window nothing is said
    significance : how often alike texts may be called drifted by chance, over all traits together
    """

    days: int
    fewest_statements: int
    significance: float
    traits: Mapping[Trait, Threshold]

    @property
    def significance_of_a_trait(self) -> float:
        """The significance of one of several tests that together keep the stated one (Bonferroni; Dunn 1961)."""
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
