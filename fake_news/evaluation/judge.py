"""A second reader: what a language model adds to the detector's reading of rulings, sentence by sentence.

Everything is measured on the sentences of :mod:`fake_news.evaluation.evidence`, whose rulings nothing was fitted to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.common.language_model.client import SECONDS, LanguageModel
from fake_news.common.language_model.endpoint import LanguageModelError
from fake_news.common.progress import Progress
from fake_news.data.fact_checks import canonical_address
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.judge.policy import Change, Policy, PolicyEffect, Record
from fake_news.detection.factchecks.judge.question import MOST_RULINGS, may_ask, prompt_digest, question_about
from fake_news.detection.factchecks.judge.reply import ReplyError, read_reply
from fake_news.detection.factchecks.judge.second_opinion import apply_reply, verdict_from_relations
from fake_news.detection.verdict import Basis, Label, Relation, Verdict
from fake_news.evaluation.evidence import RED
from fake_news.evaluation.judge_sample import Sentence
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import mean
from fake_news.statistics.resampling import estimate

OURS, THEIRS = "ours", "theirs"
READERS = (OURS, THEIRS, *(policy.value for policy in (Policy.VETO, Policy.DECIDE)))
"""The detector, the language model alone, and both by the policies that may change a verdict."""


@dataclass
class Comparison:
    """What each reader made of the same sentences.

    Attributes
    ----------
    right, wrong : by reader, for each sentence whether it is stamped as it should be, or as it must not be
    seconds : of each question
    answered : how many questions got a usable answer in time
    """

    sentences: list[Sentence]
    right: dict[str, list[bool]] = field(default_factory=lambda: {reader: [] for reader in READERS})
    wrong: dict[str, list[bool]] = field(default_factory=lambda: {reader: [] for reader in READERS})
    seconds: list[float] = field(default_factory=list)
    answered: int = 0


def compare(
    detector: Detector,
    model: LanguageModel,
    sentences: Sequence[Sentence],
    progress: Progress,
    patience: float = SECONDS,
) -> Comparison:
    """Let the detector and a language model read the same sentences.

    Parameters
    ----------
    patience : seconds for an answer; the server waits no longer than :data:`SECONDS`

    Raises
    ------
    LanguageModelError
        If the first question already finds nothing that answers.
    """
    comparison = Comparison(list(sentences))
    for number, sentence in enumerate(sentences):
        read = _read(detector, model, sentence.text, comparison, patience)
        for reader in READERS:
            right, wrong = _grade(sentence, read[reader])
            comparison.right[reader].append(right)
            comparison.wrong[reader].append(wrong)
        progress(number + 1, len(sentences))
    return comparison


def _read(
    detector: Detector, model: LanguageModel, text: str, comparison: Comparison, patience: float
) -> dict[str, list[Verdict]]:
    verdicts = detector.check(text)
    read: dict[str, list[Verdict]] = {reader: [] for reader in READERS}
    for place, verdict in enumerate(verdicts):
        statement = text[verdict.start : verdict.end]
        candidates = detector.near_rulings(statement, MOST_RULINGS) if may_ask(verdict) else ()
        relations = None
        if candidates:
            question = question_about(text, verdicts, place, candidates)
            began = time.monotonic()
            try:
                written = model.ask(question.messages(), question.schema(), seconds=patience)
                relations = read_reply(written, question).relations
                comparison.answered += time.monotonic() - began <= SECONDS
            except LanguageModelError:
                if not comparison.seconds:
                    raise
            except ReplyError:
                pass  # counted as unanswered
            comparison.seconds.append(time.monotonic() - began)
        if relations is None:
            candidates, relations = (), ()
        read[OURS].append(verdict)
        read[THEIRS].append(verdict_from_relations(verdict, statement, candidates, relations))
        for policy in (Policy.VETO, Policy.DECIDE):
            read[policy.value].append(apply_reply(policy, verdict, statement, candidates, relations))
    return read


def _grade(sentence: Sentence, verdicts: Sequence[Verdict]) -> tuple[bool, bool]:
    """Whether a sentence is stamped as it should be, and whether as it must not be."""
    stamp = next((verdict.label for verdict in verdicts if verdict.basis is Basis.FACT_CHECK), None)
    if sentence.wanted is not None:
        contradicts = stamp is not None and stamp is not sentence.wanted and Label.MIXED not in (stamp, sentence.wanted)
        return stamp is sentence.wanted, contradicts or (sentence.wanted is Label.TRUE and stamp in RED)
    if sentence.url == "-":
        return False, False
    if not sentence.url:
        return False, stamp is not None
    carried = any(
        item.relation is Relation.SAME_CLAIM and canonical_address(item.url) == sentence.url
        for verdict in verdicts
        for item in verdict.evidence
    )
    return False, carried


def record_of(comparison: Comparison, name: str, digest: str | None, fingerprint: str) -> Record:
    """What is kept of a comparison."""
    policies = {
        policy.value: PolicyEffect(
            _change(comparison, comparison.right, policy.value, _is_wanted),
            _change(comparison, comparison.wrong, policy.value, _may_be_wrong),
        )
        for policy in (Policy.VETO, Policy.DECIDE)
    }
    asked = len(comparison.seconds)
    return Record(
        name,
        digest,
        prompt_digest(),
        fingerprint,
        len(comparison.sentences),
        comparison.answered / asked if asked else 0.0,
        float(np.mean(comparison.seconds)) if asked else 0.0,
        policies,
    )


def judge_rows(comparison: Comparison, name: str) -> list[Row]:
    """Ours, theirs and both, the differences on the same sentences, and the time."""
    where = f"{name}, plain_words and cases"
    rows = []
    for measure, hits, counts in (
        ("stamped as a ruling says", comparison.right, _is_wanted),
        ("a ruling wrongly carried over, or against it", comparison.wrong, _may_be_wrong),
    ):
        for reader in READERS:
            values, groups = _column(comparison, hits[reader], counts)
            rows.append(
                Row.of(
                    Section.EVIDENCE, f"{measure}: {_NAMES[reader]}", where, mean(values), len(values), clusters=groups
                )
            )
        for reader in READERS[1:]:
            values, groups = _difference(comparison, hits, reader, counts)
            less = f"… {_NAMES[reader]}, minus ours"
            rows.append(Row.of(Section.EVIDENCE, less, where, mean(values), len(values), clusters=groups))
    seconds = np.array(comparison.seconds)
    if len(seconds):
        for words, value in (
            (f"questions that got a usable answer within {SECONDS:g} s", comparison.answered / len(seconds)),
            ("seconds a statement, mean", float(seconds.mean())),
            ("seconds a statement, 95th percentile", float(np.quantile(seconds, 0.95))),
        ):
            rows.append(Row(Section.EVIDENCE, words, where, len(seconds), None, value, "–"))
    return rows


_NAMES = {OURS: "ours", THEIRS: "theirs", "veto": "both, veto", "decide": "both, decide"}


def _is_wanted(sentence: Sentence) -> bool:
    return sentence.wanted is not None


def _may_be_wrong(sentence: Sentence) -> bool:
    return sentence.url != "-" or sentence.wanted is not None


def _column(
    comparison: Comparison, hits: Sequence[bool], counts: Callable[[Sentence], bool]
) -> tuple[FloatArray, list[str]]:
    chosen = [(hit, one.group) for hit, one in zip(hits, comparison.sentences, strict=True) if counts(one)]
    return np.array([hit for hit, _ in chosen], dtype=np.float64), [group for _, group in chosen]


def _difference(
    comparison: Comparison, hits: dict[str, list[bool]], reader: str, counts: Callable[[Sentence], bool]
) -> tuple[FloatArray, list[str]]:
    both, groups = _column(comparison, hits[reader], counts)
    ours, _ = _column(comparison, hits[OURS], counts)
    difference: FloatArray = both - ours
    return difference, groups


def _change(
    comparison: Comparison, hits: dict[str, list[bool]], reader: str, counts: Callable[[Sentence], bool]
) -> Change:
    values, groups = _difference(comparison, hits, reader, counts)
    figure = estimate(mean(values), len(values), groups) if len(values) else None
    return Change(figure.value, figure.low, figure.high) if figure else Change(0.0, 0.0, 0.0)
