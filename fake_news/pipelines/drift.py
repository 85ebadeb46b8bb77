"""Drift: whether the statements that a server reads still look like those that its model was measured on.

Needs what serving needs and no more: it runs where the server does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.monitoring.drift import Drift, Thresholds, compare
from fake_news.monitoring.reference import Reference, reference_of
from fake_news.monitoring.simulation import Alarms, simulate
from fake_news.monitoring.traits import Trait
from fake_news.pipelines.server_data import window

_WINDOWS = 1000
_SHARES = (0.1, 0.2, 0.4)


@dataclass(frozen=True)
class DriftCheck:
    """The comparison of what a server read with its model's reference."""

    model: str
    reference: Reference
    drift: Drift


def check_drift(checkpoint: Path, server_folder: Path, thresholds: Thresholds) -> DriftCheck:
    """Compare what a server read in the latest ``thresholds.days`` with the reference of a checkpoint.

    Raises
    ------
    PlumblineError
        If the checkpoint has no reference, or no server has kept counts in ``server_folder``.
    """
    model, reference = _model_and_reference(checkpoint)
    counts = window(server_folder, model["fingerprint"], thresholds.days)
    return DriftCheck(model["version"], reference, compare(reference, counts, thresholds))


def simulate_drift(checkpoint: Path, thresholds: Thresholds, statements: int) -> Sequence[Alarms]:
    """Count how often windows of so many statements are called drifted.

    Returns
    -------
    First the windows drawn from the reference itself, then those with a share of other text, trait by trait.

    Raises
    ------
    PlumblineError
        If the checkpoint has no reference, or windows of that size are never judged.
    """
    _, reference = _model_and_reference(checkpoint)
    if statements < thresholds.fewest_statements:
        raise PlumblineError(
            f"Windows of {statements} statements are never judged.", f"Name {thresholds.fewest_statements} or more."
        )
    shifts = [(0.0, None), *((share, trait) for trait in Trait for share in _SHARES)]
    return [simulate(reference, thresholds, statements, share, trait, _WINDOWS) for share, trait in shifts]


def _model_and_reference(checkpoint: Path) -> tuple[dict[str, str], Reference]:
    model = read_checkpoint(checkpoint).model
    reference = reference_of(model["card"])
    if reference is None:
        raise PlumblineError(
            f"The checkpoint {checkpoint} brings no reference to compare with.",
            "Add it: `python -m fake_news drift --make-reference`, which needs the data folder.",
        )
    return model, reference
