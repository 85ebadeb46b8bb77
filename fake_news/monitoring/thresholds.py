"""When drift is called drift: thresholds, read from a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import shipped
from fake_news.common.toml_file import read_toml
from fake_news.monitoring.traits import Trait

DEFAULT_THRESHOLDS = shipped("config") / "drift.toml"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The population stability index from which a trait counts as changed, and as drifted."""

    changed_from: float
    drifted_from: float


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


def read_thresholds(path: Path = DEFAULT_THRESHOLDS) -> Thresholds:
    """Read thresholds.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, lacks a setting, or has one that is unknown or cannot be.
    """
    tables = read_toml(path, "Name others with --config.")
    try:
        traits = {trait: _threshold(tables.pop(trait)) for trait in Trait}
        thresholds = Thresholds(**tables, traits=traits)
        _check(thresholds)
    except (KeyError, TypeError, ValueError) as error:
        raise PlumblineError(f"The thresholds {path}: {_told(error)}.", "Compare with config/drift.toml.") from error
    return thresholds


def _threshold(table: dict[str, Any]) -> Threshold:
    threshold = Threshold(**table)
    if not 0 < threshold.changed_from < threshold.drifted_from:
        raise ValueError(f"changed_from and drifted_from do not rise from above 0: {table}")
    return threshold


def _check(thresholds: Thresholds) -> None:
    if not (0 < thresholds.significance <= 0.2):
        raise ValueError(f"significance is {thresholds.significance}, and must lie above 0 and up to 0.2")
    for name in ("days", "fewest_statements"):
        if not isinstance(value := getattr(thresholds, name), int) or value < 1:
            raise ValueError(f"{name} is {value!r}, and must be a whole number above 0")


def _told(error: Exception) -> str:
    return f"[{error.args[0].value}] is missing" if isinstance(error, KeyError) else str(error)
