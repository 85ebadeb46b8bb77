"""Drift: whether the statements that a server reads still look like those that its model was measured on.

Needs only what serving needs, because it runs where the server does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.monitoring.drift import Drift, State, Thresholds, compare
from fake_news.monitoring.reference import Reference, reference_of
from fake_news.monitoring.traits import Trait
from fake_news.pipelines.server_data import window


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


def _model_and_reference(checkpoint: Path) -> tuple[dict[str, str], Reference]:
    model = read_checkpoint(checkpoint).model
    reference = reference_of(model["card"])
    if reference is None:
        raise PlumblineError(
            f"The checkpoint {checkpoint} has no reference to compare with.",
            "Add it: `python -m fake_news drift --make-reference`, which needs the data folder.",
        )
    return model, reference


_WINDOWS = 1000
_SHARES = (0.1, 0.2, 0.4)


@dataclass(frozen=True)
class Alarms:
    """How many of the simulated windows were called drifted.

    Attributes
    ----------
    trait : the trait that was changed; ``None`` where the windows come from the reference
    share : share of the statements that come from the other kind of text
    statements : number of statements in a window
    """

    trait: Trait | None
    share: float
    statements: int
    windows: int
    alarms: int

    @property
    def rate(self) -> float:
        """Share of the windows that were called drifted."""
        return self.alarms / self.windows


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


def simulate(
    reference: Reference, thresholds: Thresholds, statements: int, share: float, trait: Trait | None, windows: int
) -> Alarms:
    """Draw windows and count those that are called drifted; the same arguments give the same answer.

    Drift is simulated as a server meets it: a share of the statements comes from another kind of text. Those lie in the
    third of a trait's bins at the end where ordinary text has fewer; of a rate, all have the trait or none has it.

    Parameters
    ----------
    share : share of a window that comes from the other kind of text; ignored without ``trait``
    """
    alarms = sum(
        compare(reference, window, thresholds).state is State.DRIFTED
        for window in _windows(reference, statements, share, trait, windows)
    )
    return Alarms(trait, share if trait else 0.0, statements, windows, alarms)


def _windows(
    reference: Reference, statements: int, share: float, moved: Trait | None, windows: int
) -> Iterator[dict[Trait, Sequence[int]]]:
    random = np.random.default_rng(0)
    read = max(sum(histogram) for histogram in reference.histograms.values())
    shares, counts = {}, {}
    for trait, histogram in reference.histograms.items():
        counts[trait] = round(statements * sum(histogram) / read)  # not every statement has every trait
        ordinary = np.array(histogram, dtype=np.float64) / sum(histogram)
        shares[trait] = (1.0 - share) * ordinary + share * _unusual(ordinary) if trait is moved else ordinary
    drawn = {trait: random.multinomial(counts[trait], shares[trait], size=windows) for trait in Trait}
    for number in range(windows):
        yield {trait: drawn[trait][number].tolist() for trait in Trait}


def _unusual(ordinary: FloatArray) -> FloatArray:
    third = max(len(ordinary) // 3, 1)
    unusual = np.zeros(len(ordinary))
    unusual[slice(None, third) if ordinary[:third].sum() < ordinary[-third:].sum() else slice(-third, None)] = 1.0
    unusual /= unusual.sum()
    return unusual
