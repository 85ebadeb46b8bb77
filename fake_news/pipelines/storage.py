"""Pushing data sets and checkpoints to a folder or S3, and pulling them from there."""

from __future__ import annotations

from pathlib import Path

from fake_news.common.progress import Progress, no_progress
from fake_news.data.folder import DEFAULT_FOLDER
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, new_checkpoint
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.storage.place import place_at
from fake_news.storage.transfer import Kind, Transfer, fetch, push


def push_folder(
    folder: Path,
    address: str,
    kind: Kind,
    progress: Progress = no_progress,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Transfer:
    """Push a checkpoint or the data folder.

    Parameters
    ----------
    address : a folder, or ``s3://bucket/prefix``; a place holds one thing

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged, the folder empty, or the place cannot be used.
    """
    if kind == "checkpoint":
        read_checkpoint(folder)  # a damaged one must not be pulled
    configuration = {"what": kind, "place": address, "folder": folder}
    with recorder.record("storage push", configuration=configuration) as run:
        transfer = push(folder, place_at(address), kind, progress)
        run.note("storage", transfer.as_json())
    return transfer


def pull_folder(
    address: str,
    kind: Kind,
    folder: Path | None = None,
    progress: Progress = no_progress,
    recorder: Recorder = DEFAULT_RECORDER,
) -> tuple[Path, Transfer]:
    """Pull what was pushed last, verified by SHA-256, into a new folder.

    Parameters
    ----------
    folder : the new folder (default: where the commands look, under the last name of the address)

    Raises
    ------
    PlumblineError
        If the folder exists already, or there is nothing, or what is there is damaged.
    """
    place = place_at(address)
    if folder is None:  # only then must the usual place be free
        name = Path(address.rstrip("/")).name
        folder = new_checkpoint(CHECKPOINTS, name) if kind == "checkpoint" else DEFAULT_FOLDER
    configuration = {"what": kind, "place": address, "folder": folder}
    with recorder.record("storage pull", configuration=configuration) as run:
        transfer = fetch(place, folder, kind, progress)
        run.note("storage", transfer.as_json())
    return folder, transfer
