"""What the wheel takes from model_checkpoints: the checkpoint that ships, and the encoders that it names.

Hatchling runs this while it builds the wheel; pyproject.toml names it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACE = "fake_news/model_checkpoints"  # fake_news/common/paths.py finds them there


class ShippedCheckpoint(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the shipped detector."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files before the build begins."""
        root = Path(self.root) / "model_checkpoints"
        name = (root / "default").read_text(encoding="utf-8").strip()
        description = (root / name / "model.json").read_text(encoding="utf-8")
        encoders = sorted(set(re.findall(r'"(?:cross_)?encoder": "([0-9a-f]{64})"', description)))
        for path in ("default", name, *(f"encoders/{encoder}" for encoder in encoders)):
            build_data["force_include"][str(root / path)] = f"{_PLACE}/{path}"
