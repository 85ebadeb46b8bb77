"""Check-worthiness of the shipped detector by domain: debates, tweets, news, short claims, and furniture by kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.data.cases import claims_by_kind
from fake_news.detection.detector import Detector
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, f1, share
from fake_news.training.claims.examples import Example

_TWO_SIDED_DOMAINS = {"debates": "aim .86", "tweets": "aim .80", "news": "no aim"}
_CLAIMS, _OTHERS = "aim 95 %", "aim 3 %"


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
    return [row for domain, sentences in domains.items() for row in _rows(detector, domain, sentences)]


def _rows(detector: Detector, domain: str, sentences: Sequence[tuple[str, bool]]) -> list[Row]:
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
