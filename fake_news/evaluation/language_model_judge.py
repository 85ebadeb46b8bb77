"""What a language model adds to the detector, on the sentences of :mod:`fake_news.evaluation.evidence`."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.common.language_model.client import SECONDS, LanguageModel
from fake_news.common.language_model.endpoint import LanguageModelError
from fake_news.common.progress import Progress
from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import (
    Kind,
    PlainSentence,
    Split,
    load_plain_words,
    tempting_statements,
    well_known_statements,
)
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.language_model_judge.policy import Change, Policy, PolicyEffect, Record
from fake_news.detection.factchecks.language_model_judge.question import (
    MOST_RULINGS,
    JudgeRelation,
    Question,
    may_ask,
    prompt_digest,
    question_about,
)
from fake_news.detection.factchecks.language_model_judge.reply import ReplyError, parse_reply
from fake_news.detection.factchecks.language_model_judge.second_opinion import apply_reply, verdict_from_relations
from fake_news.detection.verdict import Basis, Label, Relation, Verdict
from fake_news.evaluation.evidence import MUST_NOT_CARRY, RED
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import mean
from fake_news.statistics.resampling import estimate

OURS, THEIRS = "ours", "theirs"
POLICIES = (Policy.VETO, Policy.DECIDE)
READERS = {OURS: "ours", THEIRS: "theirs", **{policy.value: f"both, {policy.value}" for policy in POLICIES}}
"""The detector, the language model alone, and both by the policies that may change a verdict; with their names."""

ANY_RULING = ""
_STAMPS = {label.value: label for label in (Label.FALSE, Label.MIXED, Label.TRUE)}
_ANSWERS_OF_A_FALSE_CLAIM = {Kind.MORE: Label.FALSE, Kind.OPPOSITE: Label.TRUE}
"""What a ruling that found its claim false says of the sentences that follow it or deny it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with what is right to say of it.

    Attributes
    ----------
    group : sentences of one group are resampled together
    wanted : the label that a ruling gives it; ``None`` where the rulings do not decide it
    forbidden : the URL of the ruling that must not be carried over to it, or ``ANY_RULING``; ``None`` where nothing
        counts as wrong
    """

    text: str
    group: str
    wanted: Label | None
    forbidden: str | None = ANY_RULING


def sentences_to_read(most: int | None = None) -> list[Sentence]:
    """Collect sentences around held-out rulings, and the cases; a drawn sample of them where fewer are asked for."""
    plain = [_plain(sentence) for sentence in load_plain_words() if sentence.split is Split.TEST]
    cases = (*well_known_statements(), *tempting_statements())
    sentences = [*plain, *(Sentence(case.text, case.text, _STAMPS.get(case.expected)) for case in cases)]
    if most is None or most >= len(sentences):
        return sentences
    return sorted(sentences, key=lambda one: hashlib.sha256(one.text.encode()).digest())[:most]


def _plain(sentence: PlainSentence) -> Sentence:
    wanted = None
    if sentence.kind is Kind.SAME:
        wanted = _STAMPS.get(sentence.label)
    elif sentence.label == Label.FALSE:
        wanted = _ANSWERS_OF_A_FALSE_CLAIM.get(sentence.kind)
    follows = sentence.kind in (Kind.LESS, Kind.PART) and sentence.label == Label.TRUE
    is_bound = sentence.kind in MUST_NOT_CARRY and not follows and wanted is None
    return Sentence(sentence.text, sentence.ruling, wanted, canonical_address(sentence.url) if is_bound else None)


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
    detector: Detector, model: LanguageModel, sentences: list[Sentence], progress: Progress, patience: float = SECONDS
) -> Comparison:
    """Let the detector and a language model read the same sentences.

    Parameters
    ----------
    patience : seconds for an answer; the server waits no longer than :data:`SECONDS`

    Raises
    ------
    LanguageModelError
        If nothing answers even the first question.
    """
    comparison = Comparison(sentences)
    for number, sentence in enumerate(sentences):
        verdicts = _read(detector, model, sentence.text, comparison, patience)
        for reader in READERS:
            right, wrong = _grade(sentence, verdicts[reader])
            comparison.right[reader].append(right)
            comparison.wrong[reader].append(wrong)
        progress(number + 1, len(sentences))
    return comparison


def _read(
    detector: Detector, model: LanguageModel, text: str, comparison: Comparison, patience: float
) -> dict[str, list[Verdict]]:
    """The verdicts of each reader on a text; where the model gives no usable answer, it says nothing."""
    verdicts = detector.check(text)
    read: dict[str, list[Verdict]] = {reader: [] for reader in READERS}
    for place, verdict in enumerate(verdicts):
        statement = text[verdict.start : verdict.end]
        candidates = detector.near_rulings(statement, MOST_RULINGS) if may_ask(verdict) else ()
        relations: Sequence[JudgeRelation] = ()
        if candidates:
            relations = _ask(model, question_about(text, verdicts, place, candidates), comparison, patience)
        candidates = candidates if relations else ()
        read[OURS].append(verdict)
        read[THEIRS].append(verdict_from_relations(verdict, statement, candidates, relations))
        for policy in POLICIES:
            read[policy.value].append(apply_reply(policy, verdict, statement, candidates, relations))
    return read


def _ask(model: LanguageModel, question: Question, comparison: Comparison, patience: float) -> Sequence[JudgeRelation]:
    """Ask, and count the answer and the time; no relations where the answer is unusable."""
    began = time.monotonic()
    relations: Sequence[JudgeRelation] = ()
    try:
        written = model.ask(question.messages(), question.schema(), seconds=patience)
        relations = parse_reply(written, question).relations
        comparison.answered += time.monotonic() - began <= SECONDS
    except LanguageModelError:
        if not comparison.seconds:
            raise
    except ReplyError:
        pass  # counted as unanswered
    comparison.seconds.append(time.monotonic() - began)
    return relations


def _grade(sentence: Sentence, verdicts: Sequence[Verdict]) -> tuple[bool, bool]:
    """Whether a sentence is stamped as it should be, and whether as it must not be."""
    stamp = next((verdict.label for verdict in verdicts if verdict.basis is Basis.FACT_CHECK), None)
    if sentence.wanted is not None:
        contradicts = stamp is not None and stamp is not sentence.wanted and Label.MIXED not in (stamp, sentence.wanted)
        return stamp is sentence.wanted, contradicts or (sentence.wanted is Label.TRUE and stamp in RED)
    if sentence.forbidden == ANY_RULING:
        return False, stamp is not None
    carried = (item for verdict in verdicts for item in verdict.evidence if item.relation is Relation.SAME_CLAIM)
    return False, any(canonical_address(item.url) == sentence.forbidden for item in carried)


def record_of(comparison: Comparison, name: str, digest: str | None, fingerprint: str) -> Record:
    """Sum a comparison up in the record that the server admits a policy by."""
    policies = {
        policy.value: PolicyEffect(
            _change(comparison, comparison.right, policy.value, _is_wanted),
            _change(comparison, comparison.wrong, policy.value, _may_be_wrong),
        )
        for policy in POLICIES
    }
    asked = len(comparison.seconds)
    share, seconds = (comparison.answered / asked, float(np.mean(comparison.seconds))) if asked else (0.0, 0.0)
    return Record(name, digest, prompt_digest(), fingerprint, len(comparison.sentences), share, seconds, policies)


def judge_rows(comparison: Comparison, name: str) -> list[Row]:
    """Measure each reader, the differences from ours on the same sentences, and the time."""
    where = f"{name}, plain_words and cases"
    rows = []
    for measure, hits, counts in (
        ("stamped as a ruling says", comparison.right, _is_wanted),
        ("a ruling wrongly carried over, or against it", comparison.wrong, _may_be_wrong),
    ):
        for minus_ours, readers in ((False, list(READERS)), (True, list(READERS)[1:])):
            for reader in readers:
                values, groups = _column(comparison, hits, reader, counts, minus_ours=minus_ours)
                title = f"… {READERS[reader]}, minus ours" if minus_ours else f"{measure}: {READERS[reader]}"
                rows.append(Row.of(Section.EVIDENCE, title, where, mean(values), len(values), clusters=groups))
    seconds = np.array(comparison.seconds)
    if len(seconds):
        timings = {
            f"questions that got a usable answer within {SECONDS:g} s": comparison.answered / len(seconds),
            "seconds a statement, mean": float(seconds.mean()),
            "seconds a statement, 95th percentile": float(np.quantile(seconds, 0.95)),
        }
        rows += [Row(Section.EVIDENCE, title, where, len(seconds), None, one, "–") for title, one in timings.items()]
    return rows


_Hits = Mapping[str, Sequence[bool]]
_Counts = Callable[[Sentence], bool]


def _is_wanted(sentence: Sentence) -> bool:
    return sentence.wanted is not None


def _may_be_wrong(sentence: Sentence) -> bool:
    return sentence.forbidden is not None or sentence.wanted is not None


def _column(
    comparison: Comparison, hits: _Hits, reader: str, counts: _Counts, *, minus_ours: bool = False
) -> tuple[FloatArray, list[str]]:
    """Hits of a reader on the sentences that count, as 0 and 1, or their differences from ours; and the groups."""
    chosen = [row for row, sentence in enumerate(comparison.sentences) if counts(sentence)]
    values = np.array(hits[reader], dtype=np.float64) - (np.array(hits[OURS]) if minus_ours else 0.0)
    return values[chosen], [comparison.sentences[row].group for row in chosen]


def _change(comparison: Comparison, hits: _Hits, reader: str, counts: _Counts) -> Change:
    values, groups = _column(comparison, hits, reader, counts, minus_ours=True)
    figure = estimate(mean(values), len(values), groups) if len(values) else None
    return Change(figure.value, figure.low, figure.high) if figure else Change(0.0, 0.0, 0.0)
