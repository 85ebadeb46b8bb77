"""Check-worthiness: of the recipe on the debates it was trained for and across to news; of the detector by domain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import BoolArray
from fake_news.data.claims import Sentence
from fake_news.data.project_sentences import claims_by_kind
from fake_news.detection.detector import Detector
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, average_precision, f1, share
from fake_news.training.claims.examples import Example
from fake_news.training.detector_models import FittedModels
from fake_news.training.training_sets import texts

_DEBATES, _NEWS = "CheckThat! 2024 dev", "CheckThat! 2025 subjectivity dev (news)"
_TWO_SIDED_DOMAINS = {"debates": "aim .86", "tweets": "aim .80", "news": "no aim"}
_CLAIMS, _OTHERS = "aim 95 %", "aim 3 %"


def check_worthiness_rows(models: FittedModels, debates: Sequence[Sentence], news: Sequence[Sentence]) -> list[Row]:
    """F1 and average precision on debates, AUC on news, where there are any; the threshold is of training folds."""
    rows = []
    if debates:
        rows += _debate_rows(models, debates)
    if news:
        labels = _labels(news)
        statistic = auc(labels, models.worthiness(texts(news)))
        measure, base_rate = "check-worthiness AUC", float(labels.mean())
        rows.append(Row.of(Section.CLAIMS, measure, _NEWS, statistic, len(labels), "chance .500", base_rate=base_rate))
    return rows


def _debate_rows(models: FittedModels, debates: Sequence[Sentence]) -> list[Row]:
    labels, scores = _labels(debates), models.worthiness(texts(debates))
    flagged = scores >= models.worthiness_rule.threshold
    base_rate = float(labels.mean())
    all_claims = f"all claims {2 * base_rate / (1 + base_rate):.3f}"
    return [
        Row.of(
            Section.CLAIMS, f"check-worthiness {name}", _DEBATES, statistic, len(labels), without, base_rate=base_rate
        )
        for name, statistic, without in (
            ("F1", f1(labels, flagged), all_claims),
            ("AP", average_precision(labels, scores), f"chance {base_rate:.3f}"),
        )
    ]


def _labels(sentences: Sequence[Sentence]) -> BoolArray:
    return np.array([sentence.is_claim for sentence in sentences])


def claims_by_domain(detector: Detector, examples: Sequence[Example]) -> list[Row]:
    """F1 and AUC where a domain holds claims and others; else the share that is taken for claims."""
    domains: dict[str, list[tuple[str, bool]]] = {}
    for example in examples:
        if example.is_test:
            domains.setdefault(example.domain, []).append((example.text, example.is_claim))
    for kind, sentences in claims_by_kind().items():
        domains[f"cases, {kind}"] = [(sentence.text, sentence.is_claim) for sentence in sentences]
    furniture = [one for name, found in domains.items() if name.startswith("cases, ") for one in found if not one[1]]
    domains["cases, all but claims"] = furniture
    return [row for domain, sentences in domains.items() for row in _domain_rows(detector, domain, sentences)]


def _domain_rows(detector: Detector, domain: str, sentences: Sequence[tuple[str, bool]]) -> list[Row]:
    labels = np.array([is_claim for _, is_claim in sentences])
    scores = np.array(detector.worthiness([text for text, _ in sentences]))
    taken = scores >= detector.claim_threshold
    where, n, base = f"{domain}, detector {detector.version}", len(labels), float(labels.mean())
    if 0 < labels.sum() < n:
        all_claims = f"all claims {2 * base / (1 + base):.3f}; {_TWO_SIDED_DOMAINS.get(domain, 'no aim')}"
        return [
            Row.of(Section.CLAIMS, "claims F1", where, f1(labels, taken), n, all_claims, base_rate=base),
            Row.of(Section.CLAIMS, "claims AUC", where, auc(labels, scores), n, "chance .500", base_rate=base),
        ]
    aim = _CLAIMS if labels.all() else _OTHERS
    return [Row.of(Section.CLAIMS, "share taken for claims", where, share(taken), n, aim, base_rate=base)]
