"""Splitting a data set into train, valid and test."""

from __future__ import annotations

from pathlib import Path

from fake_news.common.progress import Progress, no_progress
from fake_news.data.splitting.assign import Shares
from fake_news.data.splitting.split import By, Manifest, split
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder

SHARES: Shares = (0.70, 0.15, 0.15)


def split_set(
    name: str,
    data_folder: Path,
    output: Path,
    *,
    by: By = By.RANDOM,
    shares: Shares = SHARES,
    seed: int = 0,
    progress: Progress = no_progress,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Manifest:
    """Split a set, no text on two sides, into the new folder ``output``.

    Parameters
    ----------
    shares : of train, valid and test, 1 together

    Raises
    ------
    DataError
        If the set cannot be read or split so, or the folder exists already or cannot be written.
    """
    configuration = {"set": name, "by": by.value, "shares": shares, "output": output}
    with recorder.record("data split", configuration=configuration, seed=seed) as run:
        manifest = split(name, data_folder, output, by, shares, seed, progress)
        run.note("data", manifest.data)
        rows = {f"{part_name}_rows": part.rows for part_name, part in manifest.parts.items()}
        run.metrics({**rows, "dropped": manifest.dropped})
        run.artefact(output)
    return manifest
