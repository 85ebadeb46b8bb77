"""Which trackers get a copy of the records: ``config/tracking.toml``, or the file that PLUMBLINE_TRACKING names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from fake_news.common.errors import TrackingError
from fake_news.common.paths import shipped
from fake_news.common.toml_file import read_toml

VARIABLE = "PLUMBLINE_TRACKING"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MlflowSettings(_Table):
    """``uri`` is None for a SQLite database in the folder of runs."""

    enabled: bool = False
    experiment: str = "plumbline"
    uri: str | None = None


class WandbSettings(_Table):
    """Weights & Biases; ``offline`` writes files that ``wandb sync`` sends some day."""

    enabled: bool = False
    project: str = "plumbline"
    mode: Literal["offline", "online"] = "offline"


class TrackingConfiguration(_Table):
    """The tables of the file."""

    mlflow: MlflowSettings = MlflowSettings()
    wandb: WandbSettings = WandbSettings()


def tracking_configuration() -> TrackingConfiguration:
    """The configuration in force; no file means no tracker.

    Raises
    ------
    TrackingError
        If it cannot be read, or says what nobody knows.
    """
    named = os.environ.get(VARIABLE)
    path = Path(named).expanduser() if named else shipped("config") / "tracking.toml"
    if not named and not path.is_file():
        return TrackingConfiguration()
    tables = read_toml(path, f"See {VARIABLE}.", TrackingError)
    try:
        return TrackingConfiguration.model_validate(tables)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise TrackingError(f"{path}, {place}: {fault['msg']}.", "Compare with config/tracking.toml.") from error
