"""Training parts of a checkpoint: the encoder, the claim model, and the reference that drift is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fake_news.common.files import set_fingerprints
from fake_news.data.ordinary_text import load_articles
from fake_news.detection.checkpoint import extend_checkpoint, read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS
from fake_news.detection.detector import Detector
from fake_news.evaluation.measuring import update_checkpoint_card
from fake_news.monitoring.reference import FIELD, Reference
from fake_news.reporting.report import Row, Section
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.checkpoint_draft import drift_reference
from fake_news.training.claims.examples import SETS as CLAIM_SETS
from fake_news.training.claims.examples import load_examples
from fake_news.training.claims.fit import SEED as CLAIM_SEED
from fake_news.training.claims.fit import extend_with_claims

_ENCODER_SETS = (
    "politifact snopes multi_factcheckers fact_checks_2021_2025 checkthat_2022_task2 choi_claim_matching nli_small "
    "sick fever_small creak fakenewsnet checkthat_2024_task1"
).split()


def fit_encoder(
    data_folder: Path,
    root: Path = CHECKPOINTS,
    *,
    layers: Sequence[int] = range(6),
    passes: int = 3,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Path:
    """Train the encoder and its head, and write both beside the checkpoints.

    Parameters
    ----------
    layers : MiniLM's layers to keep
    passes : how often the training reads the plain words

    Returns
    -------
    The encoder's folder.

    Raises
    ------
    PlumblineError
        If a data set is missing or malformed.
    """
    # PyTorch, which only the encoder needs
    from fake_news.training.relation.fit import FitSettings
    from fake_news.training.relation.train_encoder import EncoderRecipe, train_encoder

    settings = FitSettings()
    recipe = EncoderRecipe(layers=tuple(layers), passes=passes)
    fingerprints = set_fingerprints(data_folder, _ENCODER_SETS)
    configuration = {"data_dir": data_folder, "layers": list(layers), "passes": passes}
    with recorder.record("encoder", configuration=configuration, data=fingerprints, seed=settings.seed) as run:
        identity = train_encoder(data_folder, root, recipe, settings)
        run.metrics({"layers": len(layers)})
        run.note("identity", identity)
    return root / "encoders" / identity


def fit_claims(checkpoint: Path, data_folder: Path, recorder: Recorder = DEFAULT_RECORDER) -> Sequence[Row]:
    """Fit the claim model, write it into the checkpoint, and measure the detector again.

    Returns
    -------
    What was measured of the claims, as rows of the card.

    Raises
    ------
    PlumblineError
        If the checkpoint has no encoder, or a data set is missing or malformed.
    """
    fingerprints = set_fingerprints(data_folder, CLAIM_SETS)
    configuration = {"data_dir": data_folder}
    with recorder.record("claims", configuration=configuration, data=fingerprints, seed=CLAIM_SEED) as run:
        extend_with_claims(checkpoint, load_examples(data_folder))
        findings = update_checkpoint_card(checkpoint, data_folder)
        run.note("checkpoint", read_checkpoint(checkpoint).model["fingerprint"])
    return [row for row in findings.rows if row.section is Section.CLAIMS]


_EARLIER_FIELD = "reference_scores"


def make_reference(checkpoint: Path, data_folder: Path) -> Reference:
    """Add to a checkpoint's card what it makes of ordinary articles; the model is unchanged.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged or cannot be written, or the articles are missing.
    """
    card = read_checkpoint(checkpoint).model["card"]
    reference = drift_reference(Detector.load(checkpoint), load_articles(data_folder))
    kept = {name: value for name, value in card.items() if name != _EARLIER_FIELD}
    extend_checkpoint(checkpoint, "card", {**kept, FIELD: reference.as_json()}, {})
    return reference
