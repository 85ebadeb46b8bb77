"""The TF-IDF features of the shipped detector, by the analyzers that serving uses too, and denoising before them.

The search tries denoising on and off: "not", "more" and "every" are stop words too, and claims depend on them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, Self

import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from fake_news.detection.text.features import character_analyzer, word_analyzer
from fake_news.detection.text.tokens import tokenize
from fake_news.training.recipe import FeatureRecipe

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def without_markup(text: str) -> str:
    """Remove HTML tags and comments, and resolve character references."""
    return html.unescape(_TAG.sub(" ", text))


def without_brackets(text: str) -> str:
    """Remove text in square brackets: an editor's words, not the speaker's."""
    return _BRACKETS.sub(" ", text)


def without_stop_words(text: str) -> str:
    """Remove scikit-learn's English stop words, and nothing else."""
    kept, end = [], 0
    for token in tokenize(text):
        kept.append(text[end : token.start])
        if token.form not in ENGLISH_STOP_WORDS:
            kept.append(text[token.start : token.end])
        end = token.end
    return "".join([*kept, text[end:]])


def denoise(text: str) -> str:
    """Remove markup, bracketed text and stop words, and reduce spaces to single ones."""
    return " ".join(without_stop_words(without_brackets(without_markup(text))).split())


def text_vectorizer(recipe: FeatureRecipe) -> FeatureUnion:
    """Build the union of word n-grams and character n-grams, each block of unit length, the second scaled."""
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


class StatementVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """From statements to word n-grams and character n-grams, as one transformer with switches for the search.

    Parameters
    ----------
    word_min_df, character_min_df : least texts that contain an n-gram
    character_scale : weight of the character block beside the word block; 0 leaves it out
    denoise : drop markup, bracketed text and stop words first

    Attributes
    ----------
    features_ : the fitted union of both blocks
    """

    def __init__(
        self,
        word_min_df: int = 2,
        character_min_df: int = 3,
        character_scale: float = 0.5,
        denoise: bool = False,
    ) -> None:
        self.word_min_df = word_min_df
        self.character_min_df = character_min_df
        self.character_scale = character_scale
        self.denoise = denoise

    def fit(self, X: Sequence[str], y: Any = None, background: Sequence[str] = ()) -> Self:  # noqa: N803
        """Learn the vocabulary of statements and of ``background`` texts that carry no ratings."""
        del y
        recipe = FeatureRecipe(self.word_min_df, self.character_min_df, self.character_scale)
        self.features_ = text_vectorizer(recipe)
        if not self.character_scale:
            self.features_.set_params(characters="drop")
        self.features_.fit(self._cleaned([*X, *background]))
        return self

    def transform(self, X: Sequence[str]) -> sp.csr_matrix:  # noqa: N803
        """Features of statements, shape (len(X), n-grams)."""
        return self.features_.transform(self._cleaned(X)).tocsr()

    def _cleaned(self, statements: Sequence[str]) -> Sequence[str]:
        return [denoise(statement) for statement in statements] if self.denoise else statements
