"""Training the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fake_news.common.files import set_fingerprints
from fake_news.detection.checkpoint import CHECKPOINTS
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.relation.fit import FitSettings
from fake_news.training.relation.train_encoder import EncoderRecipe, train_encoder

_SETS = (
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
    passes : how often the plain wordings are read

    Returns
    -------
    The encoder's folder.

    Raises
    ------
    PlumblineError
        If a data set is missing or malformed.
    """
    settings = FitSettings()
    recipe = EncoderRecipe(layers=tuple(layers), passes=passes)
    fingerprints = set_fingerprints(data_folder, _SETS)
    configuration = {"data_dir": data_folder, "layers": list(layers), "passes": passes}
    with recorder.record("encoder", configuration=configuration, data=fingerprints, seed=settings.seed) as run:
        identity = train_encoder(data_folder, root, recipe, settings)
        run.metrics({"layers": len(layers)})
        run.note("identity", identity)
    return root / "encoders" / identity
