"""Building the index of published fact-checks and its relation model into a checkpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.files import set_fingerprints
from fake_news.detection.checkpoint import extend_checkpoint, npz_bytes, read_checkpoint
from fake_news.detection.claims.check_worthiness import ClaimGate
from fake_news.detection.detector import Detector
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import read_encoder
from fake_news.detection.factchecks.shipped_fact_checks import (
    CORE_FILE,
    CROSS_ENCODER,
    EARLIER_FILES,
    SECTION,
    SIMILAR_FILE,
)
from fake_news.detection.sentence_analysis import SentenceAnalyser
from fake_news.detection.veracity import similar_rulings
from fake_news.detection.verdict import Label
from fake_news.evaluation.measuring import update_checkpoint_card
from fake_news.pipelines.server_data import server_feedback
from fake_news.retraining.new_rows import feedback_records
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.claim_matching.protocol import SETS, load_matching_data
from fake_news.training.relation.core_claims import add_core_claims
from fake_news.training.relation.index import build
from fake_news.training.relation.training_rows import claims_by_address, wrong_links
from fake_news.training.veracity.fit_similar_rulings import claims_by, fit_similar_rulings
from fake_news.training.veracity.rulings_by_day import RulingsByDay, shipped_fact_checks, without_index
from fake_news.training.veracity.similar_statements import statements


@dataclass(frozen=True)
class FactCheckIndex:
    """What was built.

    Attributes
    ----------
    counts : rows that were read, kept and dropped, by reason
    bounds : the score from which each question of the relation model is answered with yes
    wrong_links : links that readers call wrong, and how many of them could be learned from
    written : bytes
    """

    counts: Mapping[str, int]
    bounds: Mapping[str, float]
    wrong_links: tuple[int, int]
    written: int


def build_index(
    checkpoint_path: Path,
    data_folder: Path,
    *,
    encoder_identity: str | None = None,
    cross_encoder: str | None = None,
    feedback: Sequence[Path] = (),
    server_folder: Path | None = None,
    recorder: Recorder = DEFAULT_RECORDER,
) -> FactCheckIndex:
    """Make the index and its relation model from the data folder, put both into a checkpoint, and measure it again.

    Parameters
    ----------
    encoder_identity, cross_encoder : the encoders to use (default: those that the checkpoint uses)
    feedback : exports of feedback
    server_folder : the data folder of a server whose feedback is read too

    Raises
    ------
    PlumblineError
        If no encoder is named, the checkpoint is damaged, or a data set is missing or malformed.
    """
    checkpoint = read_checkpoint(checkpoint_path)
    identity = encoder_identity or checkpoint.model.get(SECTION, {}).get("encoder")
    if identity is None:
        raise PlumblineError(
            f"The checkpoint at {checkpoint_path} names no encoder.",
            "Train one (`python -m fake_news encoder`), then --encoder.",
        )
    links = list(wrong_links(_feedback(feedback, server_folder)))
    configuration = {
        "checkpoint": checkpoint_path,
        "data_dir": data_folder,
        "encoder": identity,
        "wrong_links": len(links),
    }
    fingerprints = set_fingerprints(data_folder, SETS)
    with recorder.record("factchecks build", configuration=configuration, data=fingerprints, seed=0) as run:
        data = load_matching_data(data_folder)
        bare = without_index(checkpoint)
        encoder_files = read_encoder(identity, checkpoint_path.parent)
        encoder = Encoder(encoder_files)
        gate = ClaimGate.of(bare, encoder)
        analyser = SentenceAnalyser(bare, gate, encoder)

        def are_claims(texts: Sequence[str]) -> list[bool]:
            return [gate.is_claim(score) for score in analyser.worthiness(texts)]

        searched = Detector(bare).searched_sentences
        shipped, similar, facts = build(data, searched, are_claims, data_folder, encoder, encoder_files.arrays, links)
        if comparing := cross_encoder or checkpoint.model.get(SECTION, {}).get(CROSS_ENCODER):
            shipped = add_core_claims(shipped, data, searched, read_encoder(comparing, checkpoint_path.parent))
        contents = shipped.files() | {SIMILAR_FILE: npz_bytes(**similar.as_arrays())}
        facts["core_claims"] = len(shipped.core.sentences) if shipped.core else 0
        settings = shipped.settings({similar_rulings.SECTION: similar.settings(), **facts})
        extend_checkpoint(checkpoint_path, SECTION, settings, contents, EARLIER_FILES)
        update_checkpoint_card(checkpoint_path, data_folder)
        run.metrics({"fact_checks": len(shipped.rulings), **shipped.model.bounds})
        run.artefact(checkpoint_path)
        run.note("index", facts)
    return FactCheckIndex(
        data.collection.counts,
        shipped.model.bounds,
        (len(links), facts["wrong_links"]),
        sum(map(len, contents.values())),
    )


def refit_core_claims(
    checkpoint_path: Path,
    data_folder: Path,
    *,
    cross_encoder: str | None = None,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Mapping[str, float]:
    """Read the core claims again, fit their model, put both into the checkpoint, and measure the checkpoint again.

    The rest of the index stays as it is: this is a step of :func:`build_index`.

    Parameters
    ----------
    cross_encoder : the one to use (default: the one that the checkpoint uses)

    Returns
    -------
    The probability from which a statement says a core claim, and from which it follows from one.

    Raises
    ------
    PlumblineError
        If no cross-encoder is named, the checkpoint has no fact-checks, or a data set is missing or malformed.
    """
    checkpoint = read_checkpoint(checkpoint_path)
    shipped = shipped_fact_checks(checkpoint)
    identity = cross_encoder or checkpoint.model[SECTION].get(CROSS_ENCODER)
    if identity is None:
        raise PlumblineError(
            f"The checkpoint at {checkpoint_path} names no cross-encoder.",
            "Train one (`python -m fake_news cross-encoder`), then --cross-encoder.",
        )
    fingerprints = set_fingerprints(data_folder, SETS)
    configuration = {"checkpoint": checkpoint_path, "data_dir": data_folder, "cross_encoder": identity}
    with recorder.record("factchecks core", configuration=configuration, data=fingerprints, seed=0) as run:
        searched = Detector(without_index(checkpoint)).searched_sentences
        files = read_encoder(identity, checkpoint_path.parent)
        extended = add_core_claims(shipped, load_matching_data(data_folder), searched, files)
        if extended.core is None or extended.core.model is None:
            raise PlumblineError(
                f"None of the rulings that the core claims name is in {data_folder}.",
                "Check --data-dir.",
            )
        settings = {
            **checkpoint.model[SECTION],
            CROSS_ENCODER: identity,
            "core_claims": len(extended.core.sentences),
        }
        extend_checkpoint(checkpoint_path, SECTION, settings, {CORE_FILE: extended.files()[CORE_FILE]})
        update_checkpoint_card(checkpoint_path, data_folder)
        run.metrics(extended.core.model.bounds)
        run.artefact(checkpoint_path)
    return extended.core.model.bounds


def refit_similar_rulings(
    checkpoint_path: Path, data_folder: Path, *, recorder: Recorder = DEFAULT_RECORDER
) -> Mapping[Label, float]:
    """Fit the model of similar rulings again, put it into the checkpoint, and measure the checkpoint again.

    Index and relation model stay as they are: this is the last step of :func:`build_index`, in a fifth of its time.

    Returns
    -------
    The probability from which a statement is called likely, for false and for true.

    Raises
    ------
    PlumblineError
        If the checkpoint has no fact-checks, or others than the data folder.
    """
    checkpoint = read_checkpoint(checkpoint_path)
    shipped, detector = shipped_fact_checks(checkpoint), Detector(checkpoint)
    fingerprints = set_fingerprints(data_folder, SETS)
    configuration = {"checkpoint": checkpoint_path, "data_dir": data_folder}
    with recorder.record("factchecks likely", configuration=configuration, data=fingerprints, seed=0) as run:
        data = load_matching_data(data_folder)
        rulings = RulingsByDay.of(shipped, data.collection.claims)
        searched = Detector(without_index(checkpoint)).searched_sentences
        learned_from = statements(data, searched, data_folder, claims_by_address(data))
        library = rulings.library(len(rulings.days))
        similar = fit_similar_rulings(rulings.matcher, library, learned_from, claims_by(detector))
        settings = {**checkpoint.model[SECTION], similar_rulings.SECTION: similar.settings()}
        extend_checkpoint(checkpoint_path, SECTION, settings, {SIMILAR_FILE: npz_bytes(**similar.as_arrays())})
        update_checkpoint_card(checkpoint_path, data_folder)
        run.metrics({f"likely-{label}": bound for label, bound in similar.bounds.items()})
        run.artefact(checkpoint_path)
    return similar.bounds


def _feedback(files: Sequence[Path], server_folder: Path | None) -> Iterator[Mapping[str, Any]]:
    for path in files:
        yield from feedback_records(path)
    if server_folder:
        yield from server_feedback(server_folder)
