"""The threshold is where as few debate lines as allowed would be linked, whatever is barred anyway."""

from __future__ import annotations

import numpy as np

from fake_news.data.claim_pairs import _mended
from fake_news.data.fact_checks import is_topic
from fake_news.factchecks.forest import Forest
from fake_news.factchecks.pair_features import FEATURES
from fake_news.factchecks.pair_model import PairModel
from fake_news.training.claim_matching.build import FALSE_LINKS, threshold_of_lines
from fake_news.training.claim_matching.examples import Examples

NOTHING = Forest(
    np.zeros(0, np.int32),
    np.zeros(0, np.int16),
    np.zeros(0),
    np.zeros(0, np.int32),
    np.zeros(0, np.int32),
    np.zeros(0),
    0,
    0.0,
)
MODEL = PairModel(NOTHING, 1.0, 0.0, 1.0, 0.2, 3, 0.1)


def pair(**features: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array([features.get(name, 3.0 if name == "shared_terms" else 0.0) for name in FEATURES], np.float32)


def test_of_debate_lines() -> None:
    examples = Examples()
    probabilities = [0.95, 0.9, 0.85, 0.803, 0.603, 0.403]
    examples.add(pair(numbers_clash=1.0), False, 1.0, "debate")  # barred anyway
    examples.add(pair(), True, 1.0, "debate")  # right
    examples.add(pair(), False, 1.0, "article")  # of something else
    for _ in probabilities[3:]:
        examples.add(pair(), False, 1.0, "debate")
    logits = np.log(np.array(probabilities) / (1.0 - np.array(probabilities)))
    read = round(1 / FALSE_LINKS)
    assert threshold_of_lines(MODEL, examples, logits, frozenset(["debate"]), read) == 0.61, "one may be linked"
    assert threshold_of_lines(MODEL, examples, logits, frozenset(["debate"]), 1) == 0.81, "none may"


def test_a_topic_is_no_claim() -> None:
    assert is_topic("On the ferry fees")
    assert not is_topic("On the ferry, fees are high.")
    assert not is_topic("The ferry fees rose.")


def test_a_wrong_encoding_is_mended() -> None:
    broken = "The ferry’s bell".encode().decode("mac_roman")
    assert broken != "The ferry’s bell"
    assert _mended(broken) == "The ferry’s bell"
    assert _mended("The ferry's bell") == "The ferry's bell"
    assert _mended("naïve ferry") == "naïve ferry"
