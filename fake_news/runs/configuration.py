"""Which trackers get a copy of the records: ``config/tracking.toml``, or the file that PLUMBLINE_TRACKING names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from fake_news.common.errors import TrackingError
from fake_news.common.paths import shipped
from fake_news.common.settings import Settings, read_settings

VARIABLE = "PLUMBLINE_TRACKING"


class MlflowSettings(Settings):
    """``uri`` is None for a SQLite database in the folder of runs."""

    enabled: bool = False
    experiment: str = "plumbline"
    uri: str | None = None


class WandbSettings(Settings):
    """Weights & Biases; ``offline`` writes files that ``wandb sync`` sends some day."""

    enabled: bool = False
    project: str = "plumbline"
    mode: Literal["offline", "online"] = "offline"


class TrackingConfiguration(Settings):
    """The tables of the file."""

    mlflow: MlflowSettings = MlflowSettings()
    wandb: WandbSettings = WandbSettings()


def tracking_configuration() -> TrackingConfiguration:
    """The configuration in force; no file means no tracker.

    Raises
    ------
    TrackingError
        If it cannot be read, or a setting is unknown or not allowed.
    """
    named = os.environ.get(VARIABLE)
    path = Path(named).expanduser() if named else shipped("config") / "tracking.toml"
    if not named and not path.is_file():
        return TrackingConfiguration()
    return read_settings(
        path, TrackingConfiguration, option=VARIABLE, example="config/tracking.toml", error=TrackingError
    )
