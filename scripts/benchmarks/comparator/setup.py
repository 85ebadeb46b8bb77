"""Get the comparator ready: its virtual environment and its model, both under .scratch/comparator, made once."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, Environment

from fake_news.data.folder import data_folder
from fake_news.training.training_sets import load_corpus

HERE = Path(__file__).resolve().parent
FOLDER = ROOT / ".scratch" / "comparator"


@dataclass(frozen=True)
class Comparator:
    """What is needed to start it."""

    python: Path
    model: Path


def make_ready() -> Comparator:
    """Install and train what is not there yet.

    Raises
    ------
    SetupError
        If its packages cannot be installed.
    DataError
        If the data sets that Plumbline itself was trained on are not there.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = Environment(FOLDER / "venv", (HERE / "requirements.txt",))
    environment.make_ready()
    model = FOLDER / "model.joblib"
    if not model.is_file():
        training = FOLDER / "training.jsonl"
        rows = ({"text": one.text, "is_true": one.is_true} for one in load_corpus(data_folder()).archive)
        training.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        half_done = model.with_suffix(".part")
        subprocess.run([environment.python, HERE / "train.py", training, half_done], check=True)
        half_done.replace(model)
    return Comparator(environment.python, model)
