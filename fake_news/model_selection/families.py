"""The model families that are compared: each a scikit-learn pipeline from statements to a score, with its grid."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import ParameterGrid
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC

from fake_news.training.gradient_descent import GradientDescentLogisticRegression
from fake_news.training.recipe import ENCODER, WORDS, Recipe
from fake_news.training.sentence_vectors import (
    ENCODER_PACKAGES,
    MINILM_INSTALLATION,
    MINILM_PACKAGES,
    EncoderVectorizer,
    FineTunedMiniLM,
    SentenceVectorizer,
)
from fake_news.training.statement_vectorizer import StatementVectorizer
from fake_news.training.word_models import OrdinalVeracityClassifier

Settings = Mapping[str, Any]

SHIPPED = WORDS
"""The family of the shipped recipe, to which all others are compared."""

_VOCABULARY_SOURCES = (
    "detection/text/features.py",
    "detection/text/tokens.py",
    "training/statement_vectorizer.py",
)
_MINILM_SOURCES = (
    "training/statement_vectorizer.py",
    "training/minilm.py",
    "training/onnx_text_model.py",
    "training/sentence_vectors.py",
)
_ENCODER_SOURCES = ("detection/encoder/encoder.py", "training/sentence_vectors.py")
FEATURE_SOURCES = tuple(sorted({*_VOCABULARY_SOURCES, *_MINILM_SOURCES, *_ENCODER_SOURCES}))
"""Files of ``fake_news`` that features depend on."""


@dataclass(frozen=True)
class Family:
    """One kind of model.

    Parameters
    ----------
    name : what the command line calls it
    title : what tables call it
    pipeline : unfitted, its last step named ``classifier``
    grid : settings to choose from, as ``ParameterGrid`` takes them
    ordinal : learns the six ranks instead of true and false
    learns_vocabulary : whether its step ``vectorizer`` also learns from texts without ratings (``background``)
    sources : files of ``fake_news`` whose change makes an earlier result invalid
    needed_packages : optional packages without which it is skipped
    """

    name: str
    title: str
    pipeline: Pipeline
    grid: Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Sequence[Any]]]
    ordinal: bool = False
    learns_vocabulary: bool = True
    sources: tuple[str, ...] = _VOCABULARY_SOURCES
    needed_packages: tuple[str, ...] = ()

    @property
    def candidates(self) -> list[Settings]:
        """Every combination of the grid."""
        return list(ParameterGrid(self.grid))

    @property
    def obstacle(self) -> str | None:
        """Why it cannot be trained here, and what to do about it; None where it can."""
        missing = [package for package in self.needed_packages if importlib.util.find_spec(package) is None]
        if not missing:
            return None
        is_encoder = self.needed_packages == ENCODER_PACKAGES
        install = f"pip install {' '.join(missing)}" if is_encoder else MINILM_INSTALLATION
        return f"needs {', '.join(missing)}: {install}"


@dataclass(frozen=True)
class Stack:
    """A logistic regression on the scores of families, fitted on the validation statements."""

    name: str
    title: str
    members: tuple[str, ...]


def families(recipe: Recipe) -> dict[str, Family]:
    """Build all families by name, the shipped recipe first.

    They share the recipe's features unless their nature or their published form requires others, so that the learners
    are compared.
    """
    features, veracity = recipe.features, recipe.veracity

    def vectorizer(**changed: Any) -> tuple[str, StatementVectorizer]:
        shared = {
            "word_min_df": features.word_min_df,
            "character_min_df": features.character_min_df,
            "character_scale": features.character_scale,
        }
        return "vectorizer", StatementVectorizer(**{**shared, **changed})

    parts = OrdinalVeracityClassifier(veracity.logistic_c, veracity.ridge_alpha, veracity.naive_bayes_alpha)
    every = [
        Family(
            SHIPPED,
            "shipped recipe, names at full weight",
            Pipeline([vectorizer(), ("classifier", parts)]),
            {},
            ordinal=True,
            sources=(*_VOCABULARY_SOURCES, "training/word_models.py"),
        ),
        Family(
            "logistic",
            "logistic regression, words and characters",
            Pipeline([vectorizer(), ("classifier", LogisticRegression(max_iter=500))]),
            # Denoising is tried once, here: it removes the same words for all families.
            {"vectorizer__denoise": [False, True], "classifier__C": [0.2, 0.5, 1.5]},
        ),
        Family(
            "gradient-descent",
            "logistic regression by gradient descent in NumPy",
            Pipeline([vectorizer(), ("classifier", GradientDescentLogisticRegression(learning_rate=4.0))]),
            {"classifier__l2": [3e-5, 1e-4, 3e-4]},
            sources=(*_VOCABULARY_SOURCES, "training/gradient_descent.py"),
        ),
        Family(
            "naive-bayes",
            "naive Bayes",
            Pipeline([vectorizer(), ("classifier", MultinomialNB())]),
            {"classifier": [MultinomialNB(), ComplementNB()], "classifier__alpha": [0.3, 1.0]},
        ),
        Family(
            "linear-svm",
            "linear SVM",
            Pipeline([vectorizer(), ("classifier", LinearSVC())]),
            {"classifier__C": [0.03, 0.1, 0.3]},
        ),
        Family(
            "sgd",
            "linear model by stochastic gradient descent",
            Pipeline([vectorizer(), ("classifier", SGDClassifier(average=True, random_state=0))]),
            {"classifier__loss": ["log_loss", "modified_huber"], "classifier__alpha": [3e-5, 1e-4, 3e-4]},
        ),
        Family(
            "random-forest",
            "random forest, 100 trees on words",
            Pipeline([vectorizer(character_scale=0.0), ("classifier", RandomForestClassifier(random_state=0))]),
            {"classifier__min_samples_leaf": [1, 3]},
        ),
        Family(
            "gradient-boosting",
            "gradient boosting on 100 SVD components",
            Pipeline(
                [
                    vectorizer(),
                    ("svd", TruncatedSVD(100, random_state=0)),
                    ("classifier", HistGradientBoostingClassifier(learning_rate=0.05, random_state=0)),
                ]
            ),
            {"classifier__max_leaf_nodes": [7, 31]},
        ),
        Family(
            ENCODER,
            "logistic regression on the shipped encoder's vectors",
            Pipeline([("vectorizer", EncoderVectorizer()), ("classifier", LogisticRegression(max_iter=1000))]),
            {"classifier__C": [0.03, 0.1, 0.3, 1.0, 3.0]},
            learns_vocabulary=False,
            sources=_ENCODER_SOURCES,
            needed_packages=ENCODER_PACKAGES,
        ),
        Family(
            "sentence-vectors",
            "logistic regression on frozen MiniLM vectors",
            Pipeline([("vectorizer", SentenceVectorizer()), ("classifier", LogisticRegression(max_iter=1000))]),
            {"classifier__C": [1.0, 3.0, 10.0, 30.0]},
            learns_vocabulary=False,
            sources=_MINILM_SOURCES,
            needed_packages=MINILM_PACKAGES,
        ),
        Family(
            "fine-tuned-minilm",
            "MiniLM, upper half fine-tuned, int8",
            Pipeline([("classifier", FineTunedMiniLM())]),
            {},
            learns_vocabulary=False,
            sources=_MINILM_SOURCES,
            needed_packages=MINILM_PACKAGES,
        ),
    ]
    return {family.name: family for family in every}


STACKS = {
    stack.name: stack
    for stack in (
        Stack("stack-vectors", "stack: shipped, sentence vectors", (SHIPPED, "sentence-vectors")),
        Stack("stack-minilm", "stack: shipped, fine-tuned MiniLM", (SHIPPED, "fine-tuned-minilm")),
        Stack(
            "stack-all",
            "stack: shipped, sentence vectors, fine-tuned MiniLM",
            (SHIPPED, "sentence-vectors", "fine-tuned-minilm"),
        ),
    )
}


def settings_text(settings: Settings) -> str:
    """Format settings in one line, without the names of the pipeline's steps."""
    parts = []
    for name, value in settings.items():
        if name == "classifier":
            parts.append(type(value).__name__)
        else:
            parts.append(f"{name.rpartition('__')[2]} {'yes' if value is True else 'no' if value is False else value}")
    return ", ".join(parts) or "as in the recipe"
