"""Ordinary text: how much of it is painted, and how many false claims are found where hardly any of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.data.claims import Sentence
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.reporting.charts import Dot, Dots, Findings
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import share
from fake_news.statistics.resampling import Figure, estimate, interval, resample_weights
from fake_news.statistics.significance import exact_interval
from fake_news.training.abstention import Readings, read

FLAGGED_SHARE = 0.005
_FALSE_BELOW = 0.5
PAGES = "pages/, article sentences"
_NO_CLAIMS = "no-claims of CheckThat! 2024 dev"


def painted_on_pages(detector: Detector, pages: Mapping[str, Sequence[str]]) -> Findings:
    """Measure how much of ordinary articles a detector paints, by page; whole pages are resampled."""
    labels = {
        page: [verdict.label for block in blocks for verdict in detector.check(block)] for page, blocks in pages.items()
    }
    page_of = [page for page, of_page in labels.items() for _ in of_page]
    findings = Findings()
    for label in (Label.LIKELY_FALSE, Label.LIKELY_TRUE):
        painted = np.array([found is label for of_page in labels.values() for found in of_page])
        total = estimate(share(painted), len(painted), page_of)
        findings += Findings(
            [
                Row(
                    Section.ORDINARY,
                    f"share painted {label.value}",
                    f"{PAGES}, detector {detector.version}",
                    len(painted),
                    None,
                    total,
                    "labelling every sentence: 1.000",
                )
            ],
            [
                Dots(
                    Section.ORDINARY,
                    f"Painted {label.value}, by page",
                    f"Detector {detector.version}. Intervals: Clopper & Pearson 1934. The line is the share of all "
                    f"pages together.",
                    f"share of the page's sentences painted {label.value}",
                    total.value if total else None,
                    [
                        Dot(page, len(of_page), exact_interval(of_page.count(label), len(of_page)))
                        for page, of_page in labels.items()
                    ],
                )
            ],
        )
    return findings


def charged_truth_rows(detector: Detector, texts: Sequence[str]) -> list[Row]:
    """Measure how many true sentences about what rumours are about a detector paints red."""
    labels = [{verdict.label for verdict in of_text} for of_text in detector.check_many(texts)]
    rows = []
    for label in (Label.FALSE, Label.LIKELY_FALSE):
        count, n = sum(label in of_text for of_text in labels), len(labels)
        measure, where = f"true sentences painted {label}", f"charged subjects, detector {detector.version}"
        rows.append(Row(Section.ORDINARY, measure, where, n, None, exact_interval(count, n), "aim .01"))
    return rows


def recall_rows(
    silent: Detector, later: ScoredStatements, pages_by_name: Mapping[str, Sequence[str]], debates: Sequence[Sentence]
) -> list[Row]:
    """Measure the recall of false claims where at most half a percent of ordinary sentences are flagged.

    The threshold is on the false-claim score; nothing that is more probably true than not is flagged. Ordinary
    sentences pass all gates before the threshold. False claims are judged twice: by the false-claim score and P(true)
    alone, and as a reader sees them, through the same gates. This measures the ranking; what the shipped thresholds
    find is among the rows on abstention.

    Parameters
    ----------
    silent : a detector fitted without the later statements, which gives no labels
    pages_by_name : blocks of text of each page; without any, nothing is measured
    debates : sentences, of which those that are no claims count as ordinary too
    """
    if not pages_by_name:
        return []
    false = later.where(~later.true, later.name)

    def suspects(paragraphs: Sequence[str]) -> FloatArray:
        return read(silent, paragraphs).suspects(_FALSE_BELOW)

    alone = Readings(false.probability, false.false_claim_score).suspects(_FALSE_BELOW)
    served = np.array([suspects([statement.text]).min(initial=np.inf) for statement in false.statements])
    by_page = {page: suspects(blocks) for page, blocks in pages_by_name.items()}
    pages = np.concatenate(list(by_page.values()))
    page_of = [page for page, of_page in by_page.items() for _ in of_page]
    rows = [
        _recall_row("false-claim score alone", later.name, alone, pages, page_of, PAGES),
        _recall_row("through all gates", later.name, served, pages, page_of, PAGES),
    ]
    if not debates:
        return rows
    no_claims = [sentence.text for sentence in debates if not sentence.is_claim]
    of_debates = np.concatenate([suspects([text]) for text in no_claims])
    everything = np.concatenate([pages, of_debates])
    clusters = [*page_of, *(f"debate {number}" for number in range(len(of_debates)))]
    return [
        *rows,
        _recall_row("through all gates", later.name, served, everything, clusters, f"{PAGES}, and {_NO_CLAIMS}"),
    ]


def _recall_row(
    how: str, name: str, false_claims: FloatArray, ordinary: FloatArray, clusters: Sequence[str], where: str
) -> Row:
    """One recall; ``clusters`` are the pages of the ordinary sentences; whole pages are resampled."""
    value = _recall(false_claims, ordinary, np.ones((1, len(false_claims))), np.ones((1, len(ordinary))))
    resampled = [
        _recall(false_claims, ordinary, of_claims, of_ordinary)
        for of_claims, of_ordinary in zip(
            resample_weights(len(false_claims)), resample_weights(len(ordinary), clusters, seed=1), strict=True
        )
    ]
    low, high = interval(value[0], np.concatenate(resampled))
    return Row(
        Section.ORDINARY,
        f"recall of false claims at {FLAGGED_SHARE:.1%} flagged ordinary sentences, {how}",
        f"{name} against {where}",
        len(false_claims),
        None,
        Figure(float(value[0]), float(low), float(high)),
        f"flagging at random {FLAGGED_SHARE:.3f}",
    )


def _recall(
    false_claims: FloatArray, ordinary: FloatArray, of_claims: FloatArray, of_ordinary: FloatArray
) -> FloatArray:
    order = np.argsort(ordinary, kind="stable")
    cumulative = np.cumsum(of_ordinary[:, order], axis=1)
    too_many: BoolArray = cumulative > FLAGGED_SHARE * cumulative[:, -1:]
    # Everything below the first sentence that would be one too many may be flagged.
    thresholds = ordinary[order][too_many.argmax(axis=1)]
    found = (of_claims * (false_claims < thresholds[:, None])).sum(axis=1)
    recall: FloatArray = found / of_claims.sum(axis=1)
    return recall
