"""Sending records to trackers: after each run in a separate process, and again later if that failed.

No run waits for a tracker or fails because of one: a record that could not be sent has no receipt in the run's folder,
and is sent after the next run. ``config/tracking.toml``, or the file that PLUMBLINE_TRACKING names, says which trackers
get copies.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import TrackingError, in_one_line
from fake_news.common.locks import RunLock
from fake_news.common.paths import ROOT, shipped
from fake_news.common.settings import Settings, read_settings
from fake_news.runs.record import Record, Status
from fake_news.runs.run_store import RunStore
from fake_news.runs.trackers import MlflowSettings, MlflowTracker, Tracker, WandbSettings, WandbTracker

VARIABLE = "PLUMBLINE_TRACKING"
LOG_FILE = "sending.log"
_LOCK_FILE = "sending.lock"


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


@dataclass(frozen=True)
class Delivery:
    """The result of sending to one tracker; ``failure`` says in one line why records are left."""

    tracker: str
    place: str
    sent: int
    left: int
    failure: str | None


def trackers(configuration: TrackingConfiguration, store: RunStore) -> list[Tracker]:
    """The trackers that are enabled; their own files are in the folder of runs."""
    found: list[Tracker] = []
    if configuration.mlflow.enabled:
        found.append(MlflowTracker(configuration.mlflow, store.folder / "mlflow"))
    if configuration.wandb.enabled:
        found.append(WandbTracker(configuration.wandb, store.folder / "wandb"))
    return found


def send_pending(store: RunStore, to: Sequence[Tracker]) -> list[Delivery]:
    """Send every finished run that a tracker does not have yet, the oldest first.

    A tracker is skipped after its first failure; the others still get their copies.

    Raises
    ------
    OSError
        If another process is sending.
    TrackingError
        If the store cannot be read.
    """
    store.folder.mkdir(parents=True, exist_ok=True)
    with RunLock(store.folder / _LOCK_FILE):
        return [_send_to(tracker, store) for tracker in to]


def pending(store: RunStore, tracker: Tracker) -> list[Record]:
    """The records that a tracker does not have yet."""
    records, _ = store.all()
    ended = [record for record in records if record.status is not Status.RUNNING]
    return [record for record in ended if store.read_receipt(record.id, tracker.name) != tracker.place]


def send_in_background(store: RunStore) -> None:
    """Start sending in a process that outlives this one, if a tracker is enabled.

    Raises
    ------
    OSError
        If it cannot be started.
    TrackingError
        If the configuration is wrong.
    """
    if not trackers(tracking_configuration(), store):
        return
    command = [sys.executable, "-m", "fake_news", "runs", "send", "--runs", str(store.folder.resolve())]
    with (store.folder / LOG_FILE).open("ab") as log:
        if sys.platform == "win32":
            flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, creationflags=flags)
        else:
            subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )


def _send_to(tracker: Tracker, store: RunStore) -> Delivery:
    sent = 0
    while waiting := pending(store, tracker):  # runs may end while others are being sent
        record = waiting[0]
        try:
            tracker.send(record, {name: store.read_plot(record.id, file) for name, file in record.plots.items()})
            store.save_receipt(record.id, tracker.name, tracker.place)
        except Exception as error:  # noqa: BLE001  trackers raise all kinds of errors, and none may affect another
            return Delivery(tracker.name, tracker.place, sent, len(waiting), in_one_line(error, 300))
        sent += 1
    return Delivery(tracker.name, tracker.place, sent, 0, None)
