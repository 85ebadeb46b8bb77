"""A checkpoint that is not written yet: what training produces, and what is added before it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from fake_news.detection.checkpoint import Checkpoint, npy_bytes, npz_bytes, write_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS
from fake_news.detection.claims.claim_model import with_claim_model
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.shipped_fact_checks import with_fact_checks
from fake_news.detection.sentence_analysis import CHECK_WORTHINESS, FALSE_CLAIM, VERACITY
from fake_news.detection.veracity import encoder_head
from fake_news.detection.veracity.abstention import Abstention
from fake_news.monitoring.reference import Reference
from fake_news.monitoring.traits import Trait, histograms_of, observe
from fake_news.training.detector_models import FittedModels
from fake_news.training.training_sets import (
    beginnings,
    half_to_choose_on,
)

IN_MEMORY = CHECKPOINTS / "in memory"
"""The path of a checkpoint that is not on disk; encoders are looked for beside it."""


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
        """Take over the fact-checks and the claim model, which this training does not produce."""
        model, files = with_fact_checks(earlier, dict(self.model), dict(self.files))
        model, files = with_claim_model(earlier, model, files)
        return replace(self, model=model, files=files)

    def with_card(self, **entries: Any) -> CheckpointDraft:
        """Add entries to the model card; one of the same name is replaced."""
        return replace(self, model={**self.model, "card": {**self.model["card"], **entries}})

    def with_data(self, fingerprints: Mapping[str, str]) -> CheckpointDraft:
        """Record the files that it was trained on, each with its SHA-256."""
        return replace(self, model={**self.model, "data": dict(fingerprints)})

    def with_files(self, files: Mapping[str, bytes]) -> CheckpointDraft:
        """Add files."""
        return replace(self, files={**self.files, **files})

    def detector(self) -> Detector:
        """Load the detector as it will be served, so that what is measured is what is written."""
        return Detector(Checkpoint(self.path, dict(self.model), dict(self.files)))

    def write(self, root: Path) -> Path:
        """Write the checkpoint's folder; it appears complete or not at all.

        Raises
        ------
        CheckpointError
            If it exists already, or its version cannot name a folder.
        """
        return write_checkpoint(root, self.version, dict(self.model), dict(self.files))


def drift_reference(detector: Detector, articles: list[list[str]]) -> Reference:
    """Read the beginnings of the articles that the thresholds were chosen on by the detector, fact-checks included.

    Parameters
    ----------
    articles : all ordinary articles, as paragraphs
    """
    chosen = half_to_choose_on(articles)
    texts = [
        histograms_of(
            [observe(verdict) for paragraph in beginnings([article]) for verdict in detector.check(paragraph)]
        )
        for article in chosen
    ]
    read = sum(sum(text[Trait.LENGTH]) for text in texts)
    return Reference.of(f"{read:,} sentences of {len(chosen):,} ordinary articles", texts)


def detector_files(
    models: FittedModels, abstention: Abstention, punkt: dict[str, list[str]]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Convert models into the specification in ``model.json`` and the files beside it."""
    blocks = dict(models.vectorizer.transformer_list)
    words, characters = (blocks[name].get_feature_names_out().tolist() for name in ("words", "characters"))
    weights = np.empty((len(words) + len(characters), 3))
    weights[:, CHECK_WORTHINESS] = models.check_worthiness.coef_[0]
    weights[:, VERACITY] = models.veracity.coef_
    weights[:, FALSE_CLAIM] = models.false_claim.weights
    # Serving keeps every block at unit length; what scales a block moves into its weights.
    weights[len(words) :] *= models.vectorizer.transformer_weights["characters"]
    intercepts = np.empty(3)
    intercepts[CHECK_WORTHINESS] = models.check_worthiness.intercept_[0]
    intercepts[VERACITY] = models.veracity.intercept_
    intercepts[FALSE_CLAIM] = models.false_claim.intercept
    specification = {
        "features": {"words": len(words), "characters": len(characters)},
        "intercepts": intercepts.tolist(),
        "check_worthiness": asdict(models.worthiness_rule),
        "calibration": asdict(models.calibration),
        "abstention": asdict(abstention),
    }
    files = {
        "vocabulary.txt": ("\n".join([*words, *characters]) + "\n").encode(),
        "idf.npy": npy_bytes(np.concatenate([blocks["words"].idf_, blocks["characters"].idf_])),
        "weights.npy": npy_bytes(weights),
        "sentences.json": (json.dumps(punkt, indent=1, ensure_ascii=False) + "\n").encode(),
    }
    if head := models.head:
        specification[encoder_head.SECTION] = head.section()
        files[encoder_head.FILE] = npz_bytes(**head.arrays())
    return specification, files


def detector_in_memory(models: FittedModels, abstention: Abstention, punkt: dict[str, list[str]]) -> Detector:
    """Load the detector as it would be served, without writing it anywhere."""
    specification, files = detector_files(models, abstention, punkt)
    return CheckpointDraft({"version": "in-memory", "card": {}, **specification}, files).detector()
