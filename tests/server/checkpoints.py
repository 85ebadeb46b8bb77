"""Checkpoints of a test's own, made from the shipped one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fake_news.detection.checkpoint import MODEL_FILE, fingerprint
from fake_news.detection.checkpoint_folders import current_checkpoint


def changed_checkpoint(root: Path, name: str, change: Callable[[dict[str, Any]], object] | None = None) -> Path:
    """Copy the shipped checkpoint to ``root/name`` as version ``name``, with a change to its ``model.json``."""
    folder = root / name
    shutil.copytree(current_checkpoint(), folder)
    model = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
    model["version"] = name
    if change is not None:
        change(model)
    model["fingerprint"] = fingerprint(model)
    (folder / MODEL_FILE).write_text(json.dumps(model, ensure_ascii=False), encoding="utf-8")
    return folder


def more_trusting(model: dict[str, Any]) -> None:
    """Higher probabilities, and fewer sentences that count as claims."""
    model["calibration"]["intercept"] += 3.0
    model["claims"]["threshold"] = 0.95
