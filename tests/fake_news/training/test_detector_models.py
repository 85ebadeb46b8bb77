"""What is fitted with scikit-learn is what is served without it."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.claims.check_worthiness import sigmoid
from fake_news.detection.detector import Detector
from fake_news.detection.sentence_analysis import CHECK_WORTHINESS, FALSE_CLAIM, VERACITY
from fake_news.detection.text.tokens import tokenize
from fake_news.detection.veracity.abstention import Abstention
from fake_news.statistics.measures import auc, value
from fake_news.training.checkpoint_draft import detector_in_memory
from fake_news.training.detector_models import FittedModels, fit_models
from fake_news.training.recipe import Recipe, read_recipe
from fake_news.training.train import punkt_parameters
from fake_news.training.training_sets import Corpus, Protocol, texts, truths
from tests.fake_news.miniature_data import LENIENT_RECIPE


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """A recipe for so few rows."""
    path = tmp_path_factory.mktemp("recipe") / "recipe.toml"
    path.write_text(LENIENT_RECIPE, encoding="utf-8")
    return read_recipe(path)


@pytest.fixture(scope="module")
def models(corpus: Corpus, protocol: Protocol, recipe: Recipe) -> FittedModels:
    """Models of the miniature."""
    return fit_models(corpus, protocol, recipe)


@pytest.fixture(scope="module")
def served(corpus: Corpus, models: FittedModels) -> Detector:
    """The same models as they would be served, every claim called likely-false."""
    return detector_in_memory(models, Abstention(1.0, None, -1e9), punkt_parameters(corpus))


def test_the_detector_gives_the_probabilities_that_were_fitted(
    served: Detector, models: FittedModels, protocol: Protocol
) -> None:
    judged = []
    for text in [*texts(protocol.test), *texts(protocol.train)]:
        [verdict] = served.check(text)
        assert verdict.check_worthiness == pytest.approx(models.worthiness([text])[0], abs=0.5001e-4)
        if verdict.probability is not None:
            judged.append((text, verdict.probability))
    assert len(judged) > 40
    expected = models.probabilities([text for text, _ in judged])
    np.testing.assert_allclose([probability for _, probability in judged], expected, rtol=0, atol=0.5001e-4)


def test_logits_equal_scikit_learns_to_a_billionth(served: Detector, models: FittedModels, protocol: Protocol) -> None:
    rows = models.vectorizer.transform(texts(protocol.test))
    expected = np.column_stack(
        [
            models.check_worthiness.decision_function(rows),
            models.veracity.decision_function(rows),
            models.false_claim(rows),
        ]
    )
    found = np.array([served._analyser.logits(text) for text in texts(protocol.test)])
    np.testing.assert_allclose(found[:, [CHECK_WORTHINESS, VERACITY, FALSE_CLAIM]], expected, rtol=0, atol=1e-9)


def test_reasons_are_parts_of_the_calibrated_logit(served: Detector, models: FittedModels, protocol: Protocol) -> None:
    """What the tokens contribute, the intercepts and nothing else make the probability."""
    text = protocol.test[0].text
    tokens = tokenize(text)
    analyser = served._analyser
    weights = analyser._extractor.transform(tokens).token_weights(analyser._weights[:, VERACITY], len(tokens))
    slope, intercept = models.calibration.slope, models.calibration.intercept
    logit = slope * (weights.sum() + analyser._intercepts[VERACITY]) + intercept
    assert sigmoid(logit) == pytest.approx(models.probabilities([text])[0], abs=1e-9)
    for reason in served.check(text)[0].reasons:
        inside = [w for t, w in zip(tokens, weights, strict=True) if reason.start <= t.start < reason.end]
        assert reason.weight == pytest.approx(slope * sum(inside), abs=1e-4)


def test_abstention_changes_no_label(corpus: Corpus, models: FittedModels, served: Detector) -> None:
    silent = detector_in_memory(models, Abstention(None, None, None), punkt_parameters(corpus))
    for text in texts(corpus.liar["test"]):
        [quiet], [loud] = silent.check(text), served.check(text)
        assert quiet.probability == loud.probability
        assert quiet.label is loud.label, "no colour without a ruling"


def test_it_learns(models: FittedModels, protocol: Protocol) -> None:
    assert value(auc, truths(protocol.test), models.probabilities(texts(protocol.test))) > 0.7


def test_claims_score_higher_than_other_sentences(models: FittedModels) -> None:
    claim, opinion = models.worthiness(
        [
            "The zoo cut its apple stock while the quarry didn't, and built 9 of four windmills, by about 12 percent.",
            "I think we should all be kinder!",
        ]
    )
    assert claim >= models.worthiness_rule.threshold > opinion
    assert models.worthiness_rule.fewest_words == 4


def test_a_calibration_may_be_taken_over(
    corpus: Corpus, protocol: Protocol, recipe: Recipe, models: FittedModels
) -> None:
    alone = Protocol("alone", protocol.train, [], [])
    assert fit_models(corpus, alone, recipe, models.calibration).calibration == models.calibration
