"""Trackers receive copies of finished records and their plots: MLflow, and Weights & Biases.

MLflow needs mlflow-skinny, for a server or a SQLite database, and alembic for SQLite; Weights & Biases needs wandb.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from fake_news.common.errors import TrackingError
from fake_news.common.installation import how_to_install
from fake_news.common.settings import Settings
from fake_news.runs.record import Record, Status
from fake_news.runs.run_comparison import code_text, flat

RUN_TAG = "plumbline.run"
_NAME_SIGNS = "_-./ "
_LONGEST_VALUE = 500
_BATCH = 100
_STATUS = {Status.FINISHED: "FINISHED", Status.FAILED: "FAILED", Status.INTERRUPTED: "KILLED"}
_ENVIRONMENT = {
    # Do not wait minutes for a server that does not answer: the record stays and is sent later.
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "15",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    # No telemetry.
    "MLFLOW_DISABLE_TELEMETRY": "true",
}

_PATIENCE = 30  # seconds for a server that does not answer


class Tracker(Protocol):
    """A place that gets copies of records.

    Attributes
    ----------
    name : such as ``mlflow``
    place : its address; a record that was sent there is not sent again
    """

    name: str
    place: str

    def send(self, record: Record, plots: Mapping[str, str]) -> None:
        """Send the record of a finished run with the text of its plots; sending twice stores it once.

        Raises
        ------
        Exception
            Whatever the tracker's own package raises when it cannot be reached.
        """


def require_package(package: str) -> Any:
    """Import an optional package.

    Raises
    ------
    TrackingError
        If it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise TrackingError(
            f"{package} is not installed ({error}).", f"Install it: {how_to_install('mlflow')}."
        ) from error


def allowed_names(names: Iterable[str], allowed: str) -> dict[str, str]:
    """Map names to ones with letters, digits and ``allowed`` characters only; no two become the same."""
    found: dict[str, str] = {}
    for name in names:
        plain = "".join(sign if (sign.isascii() and sign.isalnum()) or sign in allowed else "_" for sign in name)
        taken = set(found.values())
        candidates = (plain, *(f"{plain}_{number}" for number in range(2, 3 + len(taken))))
        found[name] = next(candidate for candidate in candidates if candidate not in taken)
    return found


class MlflowSettings(Settings):
    """``uri`` is None for a SQLite database in the folder of runs."""

    enabled: bool = False
    experiment: str = "plumbline"
    uri: str | None = None


class MlflowTracker:
    """An experiment in MLflow.

    Parameters
    ----------
    folder
        The folder of database and plots where no server is named.
    """

    name = "mlflow"

    def __init__(self, settings: MlflowSettings, folder: Path) -> None:
        self._experiment = settings.experiment
        self._folder = None if settings.uri else folder.resolve()
        self.place = settings.uri or f"sqlite:///{(folder.resolve() / 'mlflow.db').as_posix()}"

    def send(self, record: Record, plots: Mapping[str, str]) -> None:
        """See :class:`fake_news.runs.trackers.Tracker`."""
        for variable, value in _ENVIRONMENT.items():
            os.environ.setdefault(variable, value)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        client = require_package("mlflow").MlflowClient(tracking_uri=self.place)
        experiment = self._experiment_id(client)
        for earlier in client.search_runs([experiment], f"tags.`{RUN_TAG}` = '{record.id}'"):
            if earlier.info.status != "RUNNING":
                return
            client.delete_run(earlier.info.run_id)  # an interrupted attempt
        tags = {
            RUN_TAG: record.id,
            "command": record.command,
            "code": code_text(record),
            "error": record.error or "none",
        }
        run = client.create_run(
            experiment, start_time=_milliseconds(record.started), run_name=f"{record.command} {record.id}", tags=tags
        )
        self._write(client, run.info.run_id, record, plots)
        ended = _milliseconds(record.ended or record.started)
        client.set_terminated(run.info.run_id, _STATUS[record.status], ended)  # last: only now the run counts as sent

    def _write(self, client: Any, run_id: str, record: Record, plots: Mapping[str, str]) -> None:
        entities, when = require_package("mlflow.entities"), _milliseconds(record.ended or record.started)
        values = {**flat(record.configuration), "seed": str(record.seed)} | {
            f"data.{name}": sha256 for name, sha256 in record.data.items()
        }
        names = allowed_names(values, _NAME_SIGNS)
        parameters = [entities.Param(names[name], value[:_LONGEST_VALUE]) for name, value in values.items()]
        names = allowed_names(record.metrics, _NAME_SIGNS)
        metrics = [
            entities.Metric(names[name], value, when, 0) for name, value in record.metrics.items() if value is not None
        ]
        for batch in _batches(parameters):
            client.log_batch(run_id, params=batch)
        for batch in _batches(metrics):
            client.log_batch(run_id, metrics=batch)
        for name, svg in plots.items():
            client.log_text(run_id, svg, f"plots/{record.plots[name]}")
        client.log_text(run_id, record.model_dump_json(indent=1), "run.json")

    def _experiment_id(self, client: Any) -> str:
        experiment = client.get_experiment_by_name(self._experiment)
        if experiment:
            return str(experiment.experiment_id)
        place = (self._folder / "artifacts").as_uri() if self._folder else None
        return str(client.create_experiment(self._experiment, artifact_location=place))


def _milliseconds(moment: datetime) -> int:
    return round(1000 * moment.timestamp())


def _batches(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(entries), _BATCH):
        yield entries[start : start + _BATCH]


class WandbSettings(Settings):
    """Weights & Biases; ``offline`` writes files that ``wandb sync`` sends later."""

    enabled: bool = False
    project: str = "plumbline"
    mode: Literal["offline", "online"] = "offline"


class WandbTracker:
    """A project in Weights & Biases.

    Parameters
    ----------
    folder
        The folder of its files.
    """

    name = "wandb"

    def __init__(self, settings: WandbSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder.resolve()
        self.place = f"{settings.mode}: {settings.project}"

    def send(self, record: Record, plots: Mapping[str, str]) -> None:
        """See :class:`fake_news.runs.trackers.Tracker`."""
        wandb = require_package("wandb")
        self._folder.mkdir(parents=True, exist_ok=True)
        run = wandb.init(
            project=self._settings.project,
            mode=self._settings.mode,
            dir=str(self._folder),
            id=record.id,  # sending twice replaces the earlier copy
            name=f"{record.command} {record.id}",
            job_type=record.command,
            tags=[record.status],
            config={
                **record.configuration,
                "plumbline": {"seed": record.seed, "data": record.data, "code": code_text(record)},
            },
            # Only the record: no code, no terminal output, no statistics of this machine.
            settings=wandb.Settings(
                silent=True,
                console="off",
                disable_code=True,
                disable_git=True,
                init_timeout=_PATIENCE,
                x_disable_meta=True,
                x_disable_stats=True,
                x_save_requirements=False,
            ),
        )
        run.summary.update({name: value for name, value in record.metrics.items() if value is not None})
        run.summary.update(
            {"status": record.status, "error": record.error, "started": record.started.isoformat()}
            | {f"artefact {artefact.path}": artefact.sha256 for artefact in record.artefacts}
        )
        if plots:
            run.log({f"plots/{name}": wandb.Html(svg, inject=False) for name, svg in plots.items()})
        run.finish(exit_code=0 if record.status is Status.FINISHED else 1)
