"""Identity words (names, parties, religions, nationalities, genders) and how far they change a verdict.

In the training data, who is named in a statement says something about its truth, but nothing that a reader should
rely on: rumours about a person make true statements about that person look false. So the weights of identity words are
lowered until swapping one name for another changes P(true) by no more than a bound, on average over sentences written
for this purpose. The behaviour tests measure the same with other sentences.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from sklearn.pipeline import FeatureUnion

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.detection.text.tokens import tokenize
from fake_news.detection.veracity.abstention import PlattScaling
from fake_news.training.calibration import calibrated
from fake_news.training.word_models import OrdinalVeracityClassifier

logger = logging.getLogger(__name__)

_SHARES = [step / 20 for step in range(20, -1, -1)]
"""Shares of the weight of identity words that are tried, until the bound on their effect holds."""

GENDER_WORDS = frozenset(
    "he she him her his hers himself herself man woman men women boy girl boys girls mother father mothers fathers mom "
    "dad wife husband wives husbands son daughter sons daughters brother sister brothers sisters male female males "
    "females lady gentleman mr mrs ms".split()
)
GROUP_WORDS = frozenset(
    "democrat democrats democratic republican republicans gop libertarian libertarians socialist socialists communist "
    "communists liberal liberals conservative conservatives progressive progressives party parties tea green muslim "
    "muslims islam islamic christian christians jew jews jewish hindu hindus catholic catholics buddhist buddhists "
    "atheist atheists mormon mormons evangelical evangelicals protestant protestants sikh sikhs".split()
)
"""Words of parties and religions, some of which are not always capitalised."""

Group = TypeVar("Group")

_SEEN = 2
_CAPITALISED = 0.6
_ENDS_A_SENTENCE = frozenset(".!?:\"“”'‘")

_PERSONS = (
    "Barack Obama", "Donald Trump", "Hillary Clinton", "Joe Biden", "Paul Ryan", "Chuck Schumer", "Sarah Palin",
    "Elizabeth Warren", "Elena Petrova", "Samuel Okafor", "Laura Jensen", "Diego Ramirez", "Fatima Hassan",
    "Kevin Doyle", "Mei Tanaka", "Tyrone Jackson",
)  # fmt: skip
_SWAPPED: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "names": (
        (
            "{} opened two new libraries in the county last spring.",
            "The number of jobs in the state grew by 3 percent under {}.",
            "A plan backed by {} would cost every household 40 dollars a year.",
            "In 2014, {} voted against the farm bill.",
            "{} paid less in taxes than a teacher did.",
            "The new rules signed by {} let hospitals share records.",
        ),
        _PERSONS,
    ),
    "parties": (
        (
            "{} cut the budget for roads by 5 percent.",
            "Most of the town's voters chose {} in 2012.",
            "A bill written by {} raises the price of water.",
            "{} want to close the harbor on Sundays.",
        ),
        ("Democrats", "Republicans", "Libertarians", "the Green Party", "the Tea Party"),
    ),
    "religions": (
        (
            "About 9 percent of the people in the valley are {}.",
            "{} in the county give more to charity than their neighbors.",
            "The city hired 20 {} as bus drivers.",
            "Fewer {} own a house than ten years ago.",
        ),
        ("Muslims", "Christians", "Jews", "Hindus", "Catholics", "Mormons", "atheists"),
    ),
    "nationalities": (
        (
            "The state bought 300 buses from {}.",
            "Wages in {} rose by 4 percent last year.",
            "Students from {} make up a tenth of the college.",
            "{} spends more on schools than on its army.",
        ),
        ("China", "Mexico", "Canada", "Russia", "Germany", "Iran", "India", "Nigeria", "Syria"),
    ),
    "genders": (
        (
            "{} owns four houses near the lake.",
            "The court fined {} 500 dollars for speeding.",
            "The company pays {} less than it did in 2010.",
        ),
        ("a man", "a woman", "his brother", "her sister", "the boy", "the girl"),
    ),
}  # fmt: skip


def identity_words(texts: Iterable[str]) -> frozenset[str]:
    """Find forms that are mostly capitalised inside sentences, and add the words listed above."""
    capitalised: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text in texts:
        tokens = tokenize(text)
        if 2 * sum(token.capitalised for token in tokens) > len(tokens):
            continue  # a headline says nothing about its words
        for before, token in pairwise(tokens):
            if _ENDS_A_SENTENCE.isdisjoint(text[before.end : token.start]):
                (capitalised if token.capitalised else lower)[token.form] += 1
    names = {
        form for form, count in capitalised.items() if count >= _SEEN and count >= _CAPITALISED * (count + lower[form])
    }
    return frozenset(names | GENDER_WORDS | GROUP_WORDS)


def identity_columns(features: Sequence[str], words: frozenset[str]) -> BoolArray:
    """Find which word n-grams contain an identity word, shape (len(features),)."""
    return np.array([not words.isdisjoint(feature.split(" ")) for feature in features])


def columns_of_identity(vectorizer: FeatureUnion, seen: Sequence[str]) -> BoolArray:
    """Find which features contain an identity word of the texts seen; parts of words never do: they have no capitals.

    Returns
    -------
    Shape (features,), the words' before the parts of words.
    """
    blocks = dict(vectorizer.transformer_list)
    words = identity_columns(blocks["words"].get_feature_names_out().tolist(), identity_words(seen))
    return np.concatenate([words, np.zeros(len(blocks["characters"].vocabulary_), dtype=bool)])


class RestrainedModel(NamedTuple):
    """A model whose identity words have lost weight.

    Attributes
    ----------
    share : the share of their weight that is left
    calibration : of the model with the weights that are left
    effect : the mean change of P(true) when names are swapped
    """

    model: OrdinalVeracityClassifier
    share: float
    calibration: PlattScaling
    effect: float


def lower_identity_weights(
    model: OrdinalVeracityClassifier,
    columns: BoolArray,
    vectorize: Callable[[Sequence[str]], Any],
    calibrate: Callable[[OrdinalVeracityClassifier], PlattScaling],
    max_effect: float,
) -> RestrainedModel:
    """Lower the weights of identity words in small steps, until swapping them changes P(true) by little enough.

    Parameters
    ----------
    columns : (features,) which of the features contain an identity word
    vectorize : makes features of statements
    calibrate : calibrates a model with lower weights
    max_effect : the bound on the mean change of P(true)
    """
    swapped = [[vectorize(group) for group in groups] for groups in swaps().values()]
    for share in _SHARES:
        restrained = model.with_weights_scaled(columns, share)
        calibration = calibrate(restrained)
        effect = greatest_effect(swapped, restrained.decision_function, calibration)
        if effect <= max_effect:
            break
    logger.info("Names keep %.0f %% of their weight.", 100 * share)
    return RestrainedModel(restrained, share, calibration, effect)


def greatest_effect(
    swapped: Iterable[Sequence[Any]], logits: Callable[[Any], FloatArray], calibration: PlattScaling
) -> float:
    """Compute the mean change of P(true) when names, parties … are swapped, for the kind with the greatest change.

    Parameters
    ----------
    swapped : by kind, groups of statements that differ in who is named, as ``logits`` takes them
    """
    return max(identity_effect(lambda group: calibrated(logits(group), calibration), groups) for groups in swapped)


def swaps() -> dict[str, list[list[str]]]:
    """Build groups of statements that differ in nothing but who is named, by what is swapped."""
    return fill_frames(_SWAPPED)


def fill_frames(frames: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> dict[str, list[list[str]]]:
    """Build a group of statements of each frame, one statement for each filling, by what is swapped.

    Parameters
    ----------
    frames : by what is swapped, sentences with ``{}`` in place of a name, and the names
    """
    return {
        kind: [[sentence_with(frame, filling) for filling in fillings] for frame in sentences]
        for kind, (sentences, fillings) in frames.items()
    }


def identity_effect(probabilities: Callable[[Group], FloatArray], groups: Iterable[Group]) -> float:
    """Compute the mean absolute change of P(true) over all pairs of statements within a group, in any form."""
    changes = [
        abs(first - second) for group in groups for first, second in combinations(probabilities(group).tolist(), 2)
    ]
    return float(np.mean(changes))


def sentence_with(frame: str, filling: str) -> str:
    """Put a name into a frame, with a capital at the beginning."""
    sentence = frame.format(filling)
    return sentence[0].upper() + sentence[1:]
