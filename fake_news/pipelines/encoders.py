"""Training the encoder, and the cross-encoder that compares statements with core claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fake_news.common.files import set_fingerprints
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS
from fake_news.detection.detector import Detector
from fake_news.detection.encoder.store import FOLDER
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.claim_matching.protocol import SETS, load_matching_data
from fake_news.training.relation.core_claims import ordinary_sentences
from fake_news.training.veracity.rulings_by_day import shipped_fact_checks, without_index

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
    from fake_news.training.encoder.network import FitSettings
    from fake_news.training.encoder.train_encoder import EncoderRecipe, train_encoder

    settings = FitSettings()
    recipe = EncoderRecipe(layers=tuple(layers), passes=passes)
    fingerprints = set_fingerprints(data_folder, _ENCODER_SETS)
    configuration = {"data_dir": data_folder, "layers": list(layers), "passes": passes}
    with recorder.record("encoder", configuration=configuration, data=fingerprints, seed=settings.seed) as run:
        identity = train_encoder(data_folder, root, recipe, settings)
        run.metrics({"layers": len(layers)})
        run.note("identity", identity)
    return root / FOLDER / identity


_CROSS_ENCODER_SETS = (*SETS, "choi_claim_matching", "nli_small", "sick", "fever_small")


def fit_cross_encoder(
    checkpoint_path: Path,
    data_folder: Path,
    root: Path = CHECKPOINTS,
    *,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Path:
    """Train the cross-encoder, and write it beside the checkpoints.

    Parameters
    ----------
    checkpoint_path : its encoder finds the core claims near a sentence

    Returns
    -------
    The cross-encoder's folder.

    Raises
    ------
    PlumblineError
        If the checkpoint has no fact-checks, or a data set is missing or malformed.
    """
    # PyTorch, which only the encoders need
    from fake_news.training.cross_encoder.network import FitSettings
    from fake_news.training.cross_encoder.train_cross_encoder import train_cross_encoder

    settings = FitSettings()
    checkpoint = read_checkpoint(checkpoint_path)
    encoder = shipped_fact_checks(checkpoint).encoder
    fingerprints = set_fingerprints(data_folder, _CROSS_ENCODER_SETS)
    configuration = {"checkpoint": checkpoint_path, "data_dir": data_folder}
    with recorder.record("cross-encoder", configuration=configuration, data=fingerprints, seed=settings.seed) as run:
        data = load_matching_data(data_folder)
        ordinary = ordinary_sentences(data, Detector(without_index(checkpoint)).searched_sentences)
        identity = train_cross_encoder(data_folder, root, data, ordinary, encoder, settings)
        run.note("identity", identity)
    return root / FOLDER / identity
