"""Serving computes what scikit-learn computes, and shares every logit out among the words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.pipeline import FeatureUnion

from fake_news.common.arrays import FloatArray
from fake_news.detection.text.features import FeatureExtractor
from fake_news.detection.text.tokens import tokenize
from fake_news.training.recipe import FeatureRecipe
from fake_news.training.statement_vectorizer import text_vectorizer
from tests.fake_news.strategies import any_text, repeatable

CHARACTER_SCALE = 0.5
CORPUS = [
    "The mayor doesn’t know why the bridge closed in 2020.",
    "The bridge closed because the mayor closed the road, the harbour and the school.",
    "Taxes rose by 4 percent, and taxes on bread rose by 12 percent!",
    "Bread costs $2.75 now; did the price of bread rise?",
    "The school costs the town $3 million a year, and the harbour costs the town nothing.",
    "Café owners say the café on the harbour road is closed.",
    "Nobody knows whether taxes or prices closed the school.",
]
TEXTS = [
    *CORPUS,
    "",
    "😀😀😀",
    "the the the the bridge the bridge",
    "The mayor 😀 doesn't know why 😀 the bridge closed 👩‍👩‍👧 in 2020",
    "nothing here was ever seen: zzyzx qwrtp",
    "為什麼 да",
    "a",
    "ʼ taxes ﾞ rose",
    "bread " * 300,
    "Taxes\u200b rose\0 by\u00ad 4 per\u00adcent",
]


@pytest.fixture(scope="module")
def union() -> FeatureUnion:
    """The vectorizers of training, on sentences of our own."""
    return text_vectorizer(FeatureRecipe(word_min_df=1, character_min_df=2, character_scale=CHARACTER_SCALE)).fit(
        CORPUS
    )


@pytest.fixture(scope="module")
def extractor(union: FeatureUnion) -> FeatureExtractor:
    """Serving's side of the same vocabulary."""
    blocks = dict(union.transformer_list)
    words, characters = (blocks[name].get_feature_names_out().tolist() for name in ("words", "characters"))
    return FeatureExtractor(words, characters, np.concatenate([blocks["words"].idf_, blocks["characters"].idf_]))


def scikit_learn_row(union: FeatureUnion, text: str) -> FloatArray:
    """The dense features of one text, every block at unit length."""
    row: FloatArray = csr_matrix(union.transform([text])).toarray()[0]
    row[len(dict(union.transformer_list)["words"].vocabulary_) :] /= CHARACTER_SCALE
    return row


def served_row(extractor: FeatureExtractor, text: str, width: int) -> FloatArray:
    features = extractor.transform(tokenize(text))
    row = np.zeros(width)
    row[features.ids] = features.values
    assert len(set(features.ids.tolist())) == len(features.ids)
    return row


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_equals_scikit_learn(union: FeatureUnion, extractor: FeatureExtractor, text: str) -> None:
    expected = scikit_learn_row(union, text)
    np.testing.assert_allclose(served_row(extractor, text, len(expected)), expected, rtol=0, atol=1e-9)


@repeatable
@given(
    text=st.one_of(any_text, st.lists(st.sampled_from(" ".join(CORPUS).split()), max_size=40).map(" ".join)),
    seed=st.integers(0, 2**32 - 1),
)
def test_equals_scikit_learn_and_adds_up(
    union: FeatureUnion, extractor: FeatureExtractor, text: str, seed: int
) -> None:
    expected = scikit_learn_row(union, text)
    np.testing.assert_allclose(served_row(extractor, text, len(expected)), expected, rtol=0, atol=1e-9)

    weights = np.random.default_rng(seed).normal(size=(len(expected), 2))
    tokens = tokenize(text)
    features = extractor.transform(tokens)
    logits = features.logits(weights)
    np.testing.assert_allclose(logits, expected @ weights, rtol=0, atol=1e-9)
    shares = features.token_weights(weights[:, 1], len(tokens))
    assert shares.shape == (len(tokens),)
    assert shares.sum() == pytest.approx(logits[1], abs=1e-9)


def test_a_pair_of_words_belongs_half_to_each() -> None:
    pair_only = FeatureExtractor(["harbour road"], [], np.ones(1))
    tokens = tokenize("the harbour road is closed")
    features = pair_only.transform(tokens)
    assert features.token_weights(np.array([3.0]), len(tokens)).tolist() == [0.0, 1.5, 1.5, 0.0, 0.0]


def test_repeated_words_share_what_they_earn_together() -> None:
    word_only = FeatureExtractor(["bread"], [], np.ones(1))
    tokens = tokenize("bread and bread and more bread")
    weights = word_only.transform(tokens).token_weights(np.array([3.0]), len(tokens))
    assert weights.tolist() == pytest.approx([1.0, 0.0, 1.0, 0.0, 0.0, 1.0])


def test_a_word_is_known_whatever_its_pairs(extractor: FeatureExtractor) -> None:
    assert extractor.knows("bridge")
    assert not extractor.knows("brid")
    assert not extractor.knows("zzyzx")


def test_the_cache_of_words_changes_nothing(extractor: FeatureExtractor) -> None:
    first = extractor.transform(tokenize("The harbour bridge closed"))
    again = extractor.transform(tokenize("The harbour bridge closed"))
    np.testing.assert_array_equal(first.values, again.values)
    np.testing.assert_array_equal(first.ids, again.ids)
