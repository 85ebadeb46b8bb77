"""Where the detector speaks: how often, and how often it is wrong then."""

from __future__ import annotations

import numpy as np

from fake_news.detection.veracity.abstention import Abstention
from fake_news.detection.verdict import Label
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import error_at_even_base_rate, share
from fake_news.statistics.resampling import estimate
from fake_news.training.recipe import AbstentionRecipe


def abstention_rows(scored: ScoredStatements, abstention: Abstention, recipe: AbstentionRecipe) -> list[Row]:
    """Shares and errors of both labels on statements that the thresholds were not chosen on."""
    labels = np.array(
        [abstention.label(*read).value for read in zip(scored.probability, scored.false_claim_score, strict=True)]
    )
    rows = []
    for label, wrong in ((Label.LIKELY_FALSE, scored.true), (Label.LIKELY_TRUE, ~scored.true)):
        flagged = labels == label.value
        rows += [
            Row(
                Section.ABSTENTION,
                f"share called {label.value}",
                scored.name,
                len(scored),
                scored.base_rate,
                estimate(share(flagged), len(scored)),
                "–",
            ),
            Row(
                Section.ABSTENTION,
                f"found by {label.value}, of all it should be said of",
                scored.name,
                int((~wrong).sum()),
                None,
                estimate(share(flagged, ~wrong), len(scored)),
                "–",
            ),
            Row(
                Section.ABSTENTION,
                f"wrong among {label.value}, at an even base rate",
                scored.name,
                int(flagged.sum()),
                0.5,
                estimate(error_at_even_base_rate(flagged, wrong), len(scored)),
                f"stated bound {recipe.error_bound:.2f}; guessing .50",
            ),
            Row(
                Section.ABSTENTION,
                f"wrong among {label.value}, as fact-checked",
                scored.name,
                int(flagged.sum()),
                scored.base_rate,
                estimate(share(wrong, flagged), len(scored)),
                f"calling everything so: {float(wrong.mean()):.3f}",
            ),
        ]
    return rows
