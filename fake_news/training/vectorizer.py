"""The features of training: scikit-learn's TF-IDF over the analyzers that serving uses too."""

from __future__ import annotations

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from fake_news.detection.text.ngrams import character_analyzer, word_analyzer
from fake_news.training.recipe import FeatureRecipe


def text_vectorizer(recipe: FeatureRecipe) -> FeatureUnion:
    """Word n-grams and character n-grams, each block of unit length, the second scaled."""
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(analyzer=word_analyzer, sublinear_tf=True, min_df=recipe.word_min_df)),
            (
                "characters",
                TfidfVectorizer(analyzer=character_analyzer, sublinear_tf=True, min_df=recipe.character_min_df),
            ),
        ],
        transformer_weights={"words": 1.0, "characters": recipe.character_scale},
    )
