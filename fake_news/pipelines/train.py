"""Training a detector and comparing it with the one in use; training its claim model and drift reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.files import set_fingerprints
from fake_news.data.ordinary_text import load_articles
from fake_news.detection.checkpoint import extend_checkpoint, read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint, has_current, new_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.evaluation_data import EvaluationData, load_evaluation_data
from fake_news.evaluation.measuring import measure_detector, measure_recipe, update_checkpoint_card
from fake_news.monitoring.reference import FIELD, Reference
from fake_news.reporting.charts import Findings
from fake_news.reporting.report import Row, Section
from fake_news.retraining.challenger import Contest, compare_with_champion, report_of
from fake_news.retraining.gate import Gate
from fake_news.retraining.promotion import make_current, promote
from fake_news.retraining.report import report_files, verdict
from fake_news.retraining.validation import CheckedRows
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.checkpoint_draft import CheckpointDraft, drift_reference
from fake_news.training.claims.examples import SETS as CLAIM_SETS
from fake_news.training.claims.examples import load_examples
from fake_news.training.claims.fit import SEED as CLAIM_SEED
from fake_news.training.claims.fit import extend_with_claims
from fake_news.training.recipe import ENCODER, Recipe
from fake_news.training.sentence_vectors import encoder_in_use
from fake_news.training.train import SEED, data_fingerprints, punkt_parameters, train


@dataclass(frozen=True)
class Training:
    """A detector that was trained.

    Attributes
    ----------
    path : the checkpoint's folder
    report : the comparison with the champion; ``None`` for the first of a folder
    is_current : whether it was made the checkpoint in use
    """

    path: Path
    findings: Findings
    report: Mapping[str, Any] | None
    is_current: bool

    @property
    def passed(self) -> bool:
        """Whether it may be the checkpoint in use."""
        return self.report is None or bool(self.report["passed"])


def train_detector(
    version: str,
    data_folder: Path,
    recipe: Recipe,
    gate: Gate,
    checkpoints: Path = CHECKPOINTS,
    *,
    promote_if_passed: bool = False,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Training:
    """Evaluate the recipe, fit it on all years, write the checkpoint, and compare it with the one in use.

    Parameters
    ----------
    version : the name of the checkpoint, such as ``2026.11-a``
    checkpoints : the folder that it is written to
    promote_if_passed : make it current, if there is no champion or it passes the gate

    Raises
    ------
    PlumblineError
        If a data set is malformed, the encoder that the recipe needs is missing, or the checkpoint exists already.
    """
    if recipe.veracity.family == ENCODER:
        encoder_in_use()  # refused now rather than after the words were fitted
    path = new_checkpoint(checkpoints, version)  # refused now rather than after minutes of training
    fingerprints = data_fingerprints(data_folder)
    configuration = {"version": version, "recipe": recipe.as_json(), "data_dir": data_folder, "output": path.parent}
    with recorder.record("train", configuration=configuration, data=fingerprints, seed=SEED) as run:
        data = load_evaluation_data(data_folder)
        draft, findings = _measured_draft(data, recipe, version, path, fingerprints)
        report = _report(data, recipe, draft, checkpoints, gate)
        if report:
            draft = draft.with_files(report_files(report))
            run.note("verdict", verdict(report))
            run.note("passed", report["passed"])
        draft.write(checkpoints)
        run.artefact(path)
        run.note("checkpoint_fingerprint", read_checkpoint(path).model["fingerprint"])
        run.note("missing_sets", data.corpus.missing)
        run.findings(findings)
    training = Training(path, findings, report, is_current=promote_if_passed and (not report or report["passed"]))
    if training.is_current and report:
        promote(checkpoints, version)
    elif training.is_current:
        make_current(checkpoints, version, "train")
    return training


def _measured_draft(
    data: EvaluationData, recipe: Recipe, version: str, path: Path, fingerprints: Mapping[str, str]
) -> tuple[CheckpointDraft, Findings]:
    """The checkpoint with its card, and the findings on the card."""
    corpus, punkt = data.corpus, punkt_parameters(data.corpus)
    findings = measure_recipe(data, recipe, punkt)
    draft = train(corpus, recipe, punkt, version).at(path)
    if has_current(CHECKPOINTS):  # before it is measured: what is measured is what is written
        draft = draft.with_parts_of(read_checkpoint(current_checkpoint()))
    findings += measure_detector(draft.detector(), data.detector)
    measured = findings.as_json()
    draft = draft.with_card(measures=measured["rows"], charts=measured["charts"]).with_data(fingerprints)
    if corpus.articles:
        draft = draft.with_card(**{FIELD: drift_reference(draft.detector(), corpus.articles).as_json()})
    return draft, findings


def _report(
    data: EvaluationData, recipe: Recipe, draft: CheckpointDraft, checkpoints: Path, gate: Gate
) -> dict[str, Any] | None:
    """The gate's report, where there is a champion."""
    if not has_current(checkpoints) or not current_checkpoint(checkpoints).is_dir():
        return None
    champion = read_checkpoint(current_checkpoint(checkpoints))
    contest = Contest(champion, data.corpus, data.detector.pages, draft.model["data"], gate)
    no_new_rows = CheckedRows()
    challenge = compare_with_champion(contest, no_new_rows, recipe, draft)
    return report_of(challenge, contest, no_new_rows, [])


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
