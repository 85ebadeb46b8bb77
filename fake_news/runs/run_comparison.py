"""What differs between two runs: settings, code, data, environment, and the figures side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fake_news.runs.record import Record

_SHORT = 12

Value = TypeVar("Value")


@dataclass(frozen=True)
class Difference:
    """A difference between two runs; ``None`` where one of them lacks the value."""

    kind: str
    name: str
    first: str | None
    second: str | None


@dataclass(frozen=True)
class MetricPair:
    """A figure of both runs; ``None`` where one of them lacks it."""

    name: str
    first: float | None
    second: float | None

    @property
    def change(self) -> float | None:
        """The second minus the first."""
        return None if self.first is None or self.second is None else self.second - self.first


@dataclass(frozen=True)
class Comparison:
    """Two runs beside each other."""

    first: Record
    second: Record
    differences: list[Difference]
    metrics: list[MetricPair]


def compare_runs(first: Record, second: Record) -> Comparison:
    """Compare two runs: all differences, and all figures."""
    differences = [
        Difference(kind, name, before, after)
        for kind, before_by_name, after_by_name in zip(_KINDS, _sections(first), _sections(second), strict=True)
        for name, before, after in _pairs(before_by_name, after_by_name)
        if before != after
    ]
    metrics = [MetricPair(name, before, after) for name, before, after in _pairs(first.metrics, second.metrics)]
    return Comparison(first, second, differences, metrics)


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Flatten nested settings to dotted names, with values as text."""
    found: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = _text(value)
    return found


def code_text(record: Record) -> str:
    """Describe the code: its commit and whether it was changed since, or the hash of its sources without a commit."""
    code = record.code
    if code.commit is None:
        return f"sources {code.sha256[:_SHORT]}"
    return code.commit[:_SHORT] + (" with changes" if code.dirty else "")


_KINDS = ("run", "configuration", "data", "artefact", "environment", "package")


def _sections(record: Record) -> tuple[dict[str, str], ...]:
    """The parts of a record by :data:`_KINDS`."""
    environment = record.environment
    return (
        {
            "command": record.command,
            "seed": _text(record.seed),
            "code": code_text(record),
            "sources": record.code.sha256[:_SHORT],
        },
        flat(record.configuration),
        {name: sha256[:_SHORT] for name, sha256 in record.data.items()},
        {artefact.path: artefact.sha256[:_SHORT] for artefact in record.artefacts},
        {
            "python": environment.python,
            "platform": environment.platform,
            "processors": str(environment.processors),
        },
        environment.packages,
    )


def _pairs(first: Mapping[str, Value], second: Mapping[str, Value]) -> list[tuple[str, Value | None, Value | None]]:
    names = [*first, *(name for name in second if name not in first)]
    return [(name, first.get(name), second.get(name)) for name in names]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return "none" if value is None else str(value)
