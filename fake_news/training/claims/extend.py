"""Adding the claim model to a checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import extend_checkpoint, npz_bytes, read_checkpoint
from fake_news.detection.claims import claim_model
from fake_news.detection.detector import Detector
from fake_news.training.claims.examples import Example
from fake_news.training.claims.fit import fit_claim_model


def extend_with_claims(path: Path, examples: Sequence[Example]) -> Detector:
    """Fit the claim model to the checkpoint at ``path``, write it there, and read the detector again.

    Raises
    ------
    CheckpointError
        If the checkpoint has no encoder.
    """
    checkpoint = read_checkpoint(path)
    encoder = Detector(checkpoint).encoder
    if encoder is None:
        raise CheckpointError(
            f"The checkpoint at {path} has no encoder.",
            "Build its fact-checks first: `python -m fake_news factchecks`.",
        )
    model = fit_claim_model(examples, checkpoint, encoder, encoder.identity)
    files = {claim_model.FILE: npz_bytes(**model.arrays())}
    extend_checkpoint(path, claim_model.SECTION, model.section(), files)
    return Detector.load(path)
