"""Records in MLflow: a server of it, or a SQLite database of one's own. Needs mlflow-skinny, and alembic for SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fake_news.runs.configuration import MlflowSettings
from fake_news.runs.record import Record, Status
from fake_news.runs.run_comparison import code_text, flat
from fake_news.runs.tracker import allowed_names, required

RUN_TAG = "plumbline.run"
_NAME_SIGNS = "_-./ "
_LONGEST_VALUE = 500
_BATCH = 100
_STATUS = {Status.FINISHED: "FINISHED", Status.FAILED: "FAILED", Status.INTERRUPTED: "KILLED"}
_ENVIRONMENT = {
    # Nobody waits minutes for a server that does not answer: the record stays and is sent later.
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "15",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    # What runs here is nobody else's business.
    "MLFLOW_DISABLE_TELEMETRY": "true",
}


class MlflowTracker:
    """An experiment in MLflow.

    Parameters
    ----------
    folder
        Where database and plots lie if no server is named.
    """

    name = "mlflow"

    def __init__(self, settings: MlflowSettings, folder: Path) -> None:
        self._experiment = settings.experiment
        self._folder = None if settings.uri else folder.resolve()
        self.place = settings.uri or f"sqlite:///{(folder.resolve() / 'mlflow.db').as_posix()}"

    def send(self, record: Record, plots: Mapping[str, str]) -> None:
        """See :class:`fake_news.runs.tracker.Tracker`."""
        for variable, value in _ENVIRONMENT.items():
            os.environ.setdefault(variable, value)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        client = required("mlflow").MlflowClient(tracking_uri=self.place)
        experiment = self._experiment_id(client)
        for earlier in client.search_runs([experiment], f"tags.`{RUN_TAG}` = '{record.id}'"):
            if earlier.info.status != "RUNNING":
                return
            client.delete_run(earlier.info.run_id)  # the sending of it was cut off
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
        client.set_terminated(run.info.run_id, _STATUS[record.status], ended)  # last: a run counts from here on

    def _write(self, client: Any, run_id: str, record: Record, plots: Mapping[str, str]) -> None:
        entities, when = required("mlflow.entities"), _milliseconds(record.ended or record.started)
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
