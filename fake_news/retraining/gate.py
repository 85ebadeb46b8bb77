"""The rules of the gate, read from a TOML file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import shipped
from fake_news.common.toml_file import read_toml

DEFAULT_GATE = shipped("config") / "retraining.toml"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a challenger has to show.

    Attributes
    ----------
    margin : by how much its AUC may lie lower at most, by the lower end of the 95 % interval
    significance : of the paired tests that say whether it is worse
    false_alarm_bound : share of the sentences of ordinary pages that it may paint likely-false
    """

    margin: float
    significance: float
    false_alarm_bound: float


def read_gate(path: Path = DEFAULT_GATE) -> Gate:
    """Read the rules.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, lacks a rule, or has one that is unknown or no share.
    """
    tables = read_toml(path, "Name another with --gate.")
    try:
        gate = Gate(**tables["gate"])
        for field in fields(gate):
            if not 0 < getattr(gate, field.name) < 1:
                raise ValueError(f"{field.name} is {getattr(gate, field.name)!r}, and must lie between 0 and 1")
    except (KeyError, TypeError, ValueError) as error:
        raise PlumblineError(f"The gate {path}: {error}.", "Compare with config/retraining.toml.") from error
    return gate
