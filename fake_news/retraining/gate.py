"""The rules of the gate, read from a TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fake_news.common.paths import shipped
from fake_news.common.settings import STRICT, Share, read_settings

DEFAULT_GATE = shipped("config") / "retraining.toml"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a challenger has to show.

    Attributes
    ----------
    margin : by how much its AUC may be lower at most, by the lower end of the 95 % interval
    significance : of the paired tests for its being worse
    false_alarm_bound : share of the sentences of ordinary pages that it may paint likely-false
    """

    __pydantic_config__ = STRICT

    margin: Share
    significance: Share
    false_alarm_bound: Share


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = STRICT

    gate: Gate


def read_gate(path: Path = DEFAULT_GATE) -> Gate:
    """Read the rules.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, lacks a rule, or has one that is unknown or no share.
    """
    return read_settings(path, _File, option="--gate", example="config/retraining.toml").gate
