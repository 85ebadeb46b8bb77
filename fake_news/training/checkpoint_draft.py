"""A checkpoint that is not written yet: what training makes, and what is added to it before it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fake_news.detection.checkpoint import CHECKPOINTS, Checkpoint, write_checkpoint
from fake_news.detection.claims.claim_model import with_claim_model
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.shipped import with_fact_checks

IN_MEMORY = CHECKPOINTS / "in memory"
"""The path of a checkpoint that lies nowhere; encoders are looked for beside it."""


@dataclass(frozen=True)
class CheckpointDraft:
    """The contents of a checkpoint. Every addition makes a new draft.

    Attributes
    ----------
    model : what ``model.json`` will hold, but for the format and the hashes
    files : the bytes of the files beside it
    path : where it will be written, if that is known
    """

    model: Mapping[str, Any]
    files: Mapping[str, bytes]
    path: Path = IN_MEMORY

    @property
    def version(self) -> str:
        """The checkpoint's name."""
        return str(self.model["version"])

    def at(self, path: Path) -> CheckpointDraft:
        """The same draft, to be written at ``path``."""
        return replace(self, path=path)

    def with_parts_of(self, earlier: Checkpoint) -> CheckpointDraft:
        """Take over the fact-checks and the claim model, which this training does not make."""
        model, files = with_fact_checks(earlier, dict(self.model), dict(self.files))
        model, files = with_claim_model(earlier, model, files)
        return replace(self, model=model, files=files)

    def with_card(self, **entries: Any) -> CheckpointDraft:
        """Add entries to the model card; one of the same name is replaced."""
        return replace(self, model={**self.model, "card": {**self.model["card"], **entries}})

    def with_data(self, fingerprints: Mapping[str, str]) -> CheckpointDraft:
        """Name the files that it was trained on, each with its SHA-256."""
        return replace(self, model={**self.model, "data": dict(fingerprints)})

    def with_files(self, files: Mapping[str, bytes]) -> CheckpointDraft:
        """Add files."""
        return replace(self, files={**self.files, **files})

    def detector(self) -> Detector:
        """The detector as it will be served: what is measured is what is written."""
        return Detector(Checkpoint(self.path, dict(self.model), dict(self.files)))

    def write(self, root: Path) -> Path:
        """Write the checkpoint's folder; it appears complete or not at all.

        Raises
        ------
        CheckpointError
            If it exists already, or its version cannot name a folder.
        """
        return write_checkpoint(root, self.version, dict(self.model), dict(self.files))
