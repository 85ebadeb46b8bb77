"""Measuring a language model as a judge of fact-checks, and keeping the record of what it may decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.files import set_fingerprints
from fake_news.common.language_model.client import SECONDS, LanguageModel, digest_of
from fake_news.common.language_model.endpoint import Endpoint
from fake_news.data.plain_words import FOLDER
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.judge.admission import FOLDER as RECORDS
from fake_news.detection.factchecks.judge.admission import Record
from fake_news.evaluation.judge import compare, judge_rows, record_of
from fake_news.evaluation.judge_sample import sentences_to_read
from fake_news.pipelines.evaluate import EVIDENCE_SETS, Evaluation
from fake_news.reporting.charts import Findings
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder


@dataclass(frozen=True)
class JudgeEvaluation:
    """What was measured of a language model, and where the record of it was written."""

    evaluation: Evaluation
    record: Record
    record_path: Path


def evaluate_judge(
    checkpoint: Path,
    endpoint: Endpoint,
    user_data: Path,
    progress: Callable[[int, int], None],
    *,
    most_sentences: int | None = None,
    seconds: float = SECONDS,
    recorder: Recorder = DEFAULT_RECORDER,
) -> JudgeEvaluation:
    """Let a language model read the sentences that come with the code, and compare it with the detector alone.

    Parameters
    ----------
    user_data : the folder whose server will use the record
    most_sentences : read only so many, drawn evenly, which is too few to be admitted for anything
    seconds : how long an answer is waited for

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
    fingerprints = set_fingerprints(FOLDER.parent, EVIDENCE_SETS)
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
