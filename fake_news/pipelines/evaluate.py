"""Evaluation of a recipe and of a checkpoint: whole, or one section; and of a language model that judges beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_news.common.files import set_fingerprints
from fake_news.common.language_model.client import SECONDS, LanguageModel, digest_of
from fake_news.common.language_model.endpoint import Endpoint
from fake_news.common.paths import project_data_folder
from fake_news.common.progress import Progress
from fake_news.data.ordinary_text import load_pages
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.language_model_judge.policy import RECORDS_FOLDER as RECORDS
from fake_news.detection.factchecks.language_model_judge.policy import Record
from fake_news.evaluation.check_worthiness import claims_by_domain
from fake_news.evaluation.claim_matching import claim_matching_rows
from fake_news.evaluation.core_claims import core_claim_rows
from fake_news.evaluation.evaluation_data import load_evaluation_data
from fake_news.evaluation.evidence import evidence_rows
from fake_news.evaluation.language_model_judge import compare, judge_rows, record_of, sentences_to_read
from fake_news.evaluation.likely import LikelyEvaluation
from fake_news.evaluation.measuring import MAPPING, measure_detector, measure_recipe
from fake_news.reporting.charts import Findings
from fake_news.reporting.report import Row
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.claim_matching.protocol import SETS as MATCHING_SETS
from fake_news.training.claim_matching.protocol import load_matching_data
from fake_news.training.claims.examples import SETS as CLAIM_SETS
from fake_news.training.claims.examples import load_examples
from fake_news.training.recipe import Recipe
from fake_news.training.train import SEED, data_fingerprints, punkt_parameters
from fake_news.training.veracity.fit_similar_rulings import claims_by
from fake_news.training.veracity.rulings_by_day import RulingsByDay, shipped_fact_checks, without_index

EVIDENCE_SETS = ("plain_words", "cases")
"""What evidence is measured on; it comes with the code."""


@dataclass(frozen=True)
class Evaluation:
    """The results of an evaluation.

    Attributes
    ----------
    model : the detector's version
    missing : the sets that were not at hand, with what each costs
    is_whole : whether the recipe was measured too, rather than one section of the detector
    """

    model: str
    findings: Findings
    missing: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        about = {"mapping": MAPPING, "missing": dict(self.missing)} if self.is_whole else {}
        return {"model": self.model, **about, **self.findings.as_json()}


def evaluate(checkpoint: Path, data_folder: Path, recipe: Recipe, recorder: Recorder = DEFAULT_RECORDER) -> Evaluation:
    """Fit the recipe under each protocol and measure it; measure the detector of a checkpoint on ordinary pages.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged, a data set malformed, or there is no rated statement.
    """
    detector = Detector.load(checkpoint)
    configuration = {"checkpoint": detector.version, "recipe": recipe.as_json(), "data_dir": data_folder}
    fingerprints = data_fingerprints(data_folder)
    with recorder.record("evaluate", configuration=configuration, data=fingerprints, seed=SEED) as run:
        data = load_evaluation_data(data_folder)
        findings = measure_recipe(data, recipe, punkt_parameters(data.corpus))
        findings += measure_detector(detector, data.detector)
        run.artefact(checkpoint)
        run.findings(findings)
    return Evaluation(detector.version, findings, data.corpus.missing, is_whole=True)


def evaluate_claim_matching(checkpoint: Path, data_folder: Path, recorder: Recorder = DEFAULT_RECORDER) -> Evaluation:
    """Measure how a detector links sentences to fact-checks.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged or has no fact-checks, or a data set is missing or malformed.
    """

    def rows(detector: Detector) -> list[Row]:
        return claim_matching_rows(detector, load_matching_data(data_folder), load_pages(data_folder))

    fingerprints = set_fingerprints(data_folder, MATCHING_SETS)
    return _evaluate_section("claim-matching", checkpoint, rows, fingerprints, recorder, data_dir=data_folder)


def evaluate_claims(checkpoint: Path, data_folder: Path, recorder: Recorder = DEFAULT_RECORDER) -> Evaluation:
    """Measure which sentences a detector takes for claims, domain by domain.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged, or a data set is missing or malformed.
    """

    def rows(detector: Detector) -> list[Row]:
        return claims_by_domain(detector, load_examples(data_folder))

    fingerprints = set_fingerprints(data_folder, CLAIM_SETS)
    return _evaluate_section("claims", checkpoint, rows, fingerprints, recorder, data_dir=data_folder)


def evaluate_evidence(checkpoint: Path, recorder: Recorder = DEFAULT_RECORDER) -> Evaluation:
    """Measure what a detector makes of fact-checks, on the sentences that come with the code.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged or has no fact-checks.
    """

    def rows(detector: Detector) -> list[Row]:
        return [*evidence_rows(detector), *core_claim_rows(read_checkpoint(checkpoint))]

    fingerprints = set_fingerprints(project_data_folder(), EVIDENCE_SETS)
    return _evaluate_section("evidence", checkpoint, rows, fingerprints, recorder)


def evaluate_likely(
    checkpoint_path: Path, data_folder: Path, recipe: Recipe, recorder: Recorder = DEFAULT_RECORDER
) -> Evaluation:
    """Fit the model of similar rulings, and that of words, on the past; measure both on the claims checked later.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged or its fact-checks are not the data folder's, or a set is missing or malformed.
    """
    checkpoint = read_checkpoint(checkpoint_path)
    shipped = shipped_fact_checks(checkpoint)

    def rows(detector: Detector) -> list[Row]:
        data = load_matching_data(data_folder)
        rulings = RulingsByDay.of(shipped, data.collection.claims)
        # Ordinary sentences are those that the bound was chosen on: all that words take for claims.
        searched = Detector(without_index(checkpoint)).searched_sentences
        return LikelyEvaluation(data, rulings, claims_by(detector), searched).rows(data_folder, recipe)

    fingerprints = set_fingerprints(data_folder, MATCHING_SETS)
    configuration = {"recipe": recipe.as_json(), "data_dir": data_folder}
    return _evaluate_section("likely", checkpoint_path, rows, fingerprints, recorder, **configuration)


def _evaluate_section(
    name: str,
    checkpoint: Path,
    rows: Callable[[Detector], Sequence[Row]],
    fingerprints: Mapping[str, str],
    recorder: Recorder,
    **configuration: Any,
) -> Evaluation:
    """Measure one section of a detector, and record the run.

    Parameters
    ----------
    rows : measures the detector
    fingerprints : SHA-256 of the files that are read
    configuration : what else the figures depend on
    """
    detector = Detector.load(checkpoint)
    configuration = {"only": name, "checkpoint": detector.version, **configuration}
    with recorder.record("evaluate", configuration=configuration, data=fingerprints, seed=0) as run:
        findings = Findings(list(rows(detector)))
        run.artefact(checkpoint)
        run.findings(findings)
    return Evaluation(detector.version, findings)


@dataclass(frozen=True)
class JudgeEvaluation:
    """The evaluation of a language model, and the file of its record."""

    evaluation: Evaluation
    record: Record
    record_path: Path


def evaluate_judge(
    checkpoint: Path,
    endpoint: Endpoint,
    user_data: Path,
    progress: Progress,
    *,
    most_sentences: int | None = None,
    seconds: float = SECONDS,
    recorder: Recorder = DEFAULT_RECORDER,
) -> JudgeEvaluation:
    """Let a language model read the sentences that come with the code, and compare it with the detector alone.

    Parameters
    ----------
    user_data : the folder whose server will use the record
    most_sentences : read only so many, sampled evenly: too few to earn a policy
    seconds : timeout of an answer

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged, or the model does not answer.
    """
    detector = Detector.load(checkpoint)
    configuration = {
        "only": "evidence",
        "checkpoint": detector.version,
        "judge": f"{endpoint.model} at {endpoint.origin}",
    }
    fingerprints = set_fingerprints(project_data_folder(), EVIDENCE_SETS)
    with recorder.record("evaluate", configuration=configuration, data=fingerprints, seed=0) as run:
        digest = digest_of(endpoint)
        sentences = sentences_to_read(most_sentences)
        comparison = compare(detector, LanguageModel(endpoint, streams=False), sentences, progress, seconds)
        record = record_of(comparison, endpoint.model, digest, detector.fingerprint)
        path = record.write(user_data / RECORDS)
        findings = Findings(judge_rows(comparison, endpoint.model))
        run.artefact(checkpoint)
        run.findings(findings)
    return JudgeEvaluation(Evaluation(detector.version, findings), record, path)
