"""The exported forest computes what scikit-learn's trees compute."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.checkpoint import npz_bytes
from fake_news.factchecks.forest import Forest
from fake_news.factchecks.pair_features import FEATURES
from fake_news.training.claim_matching.examples import Examples
from fake_news.training.claim_matching.pair_model import RIVALRY, exported, fit_trees

pytestmark = pytest.mark.slow


def invented(rows: int) -> Examples:
    random = np.random.default_rng(0)
    examples = Examples()
    for features in random.normal(size=(rows, len(FEATURES))).astype(np.float32):
        examples.add(features, bool(features[2] + 0.3 * random.normal() > 0.2), 1.0, "group")
    return examples


def test_same_log_odds_as_scikit_learn() -> None:
    examples = invented(800)
    trees = fit_trees(examples)
    forest = exported(trees)
    fresh = np.random.default_rng(1).normal(size=(200, len(FEATURES))).astype(np.float32)
    np.testing.assert_allclose(forest.logits(fresh), trees.decision_function(fresh), atol=1e-9)
    assert np.ptp(forest.logits(fresh)) > 1.0
    restored = Forest.from_arrays(forest.as_arrays())
    np.testing.assert_array_equal(restored.logits(fresh), forest.logits(fresh))
    assert npz_bytes(**forest.as_arrays()) == npz_bytes(**exported(fit_trees(examples)).as_arrays())


def test_rivals_do_not_decide() -> None:
    forest = exported(fit_trees(invented(800)))
    fresh = np.random.default_rng(1).normal(size=(50, len(FEATURES))).astype(np.float32)
    changed = fresh.copy()
    changed[:, [FEATURES.index(name) for name in RIVALRY]] += 9.0
    np.testing.assert_array_equal(forest.logits(changed), forest.logits(fresh))
