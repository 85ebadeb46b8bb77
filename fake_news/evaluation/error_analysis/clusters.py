"""Clusters of errors: the topics of the statements that are judged wrongly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.evaluation.error_analysis.judgements import Judgements, Part
from fake_news.reporting.charts import Findings, dots_of
from fake_news.reporting.report import Row
from fake_news.statistics.measures import share

_COMPONENTS = 50
_SIZES = range(4, 13)
_FEWEST_ERRORS = 40
_TERMS = 5
_EXAMPLES = 3
_TOO_COMMON = 0.1  # a word in a larger share of the statements names no topic


@dataclass(frozen=True)
class Cluster:
    """Statements like some that are judged wrongly.

    Attributes
    ----------
    terms : the words that set its errors apart
    members : rows of the validation set, errors and others
    examples : rows of the errors nearest to the middle
    """

    terms: list[str]
    members: BoolArray
    examples: list[int]


def clusters_of_errors(judgements: Judgements) -> tuple[Findings, list[Cluster]]:
    """Group the errors, and count how often statements like them are judged wrongly; too few errors have no groups."""
    wrong = judgements.wrong
    if int(wrong.sum()) < _FEWEST_ERRORS:
        return Findings(), []
    topical = _topical(judgements.words)
    vectors = _latent(topical)
    with threadpool_limits(1):  # with more, k-means warns of a memory leak on some systems; the result is the same
        model = _best(vectors[wrong])
        nearest = model.predict(vectors)
        distance = model.transform(vectors)
    found = [
        _cluster(number, nearest, distance[:, number], topical, judgements, wrong)
        for number in range(model.n_clusters)
        if (nearest == number).any()
    ]
    found.sort(key=lambda cluster: -float(wrong[cluster.members].mean()))
    rows = [_row(judgements, cluster, wrong) for cluster in found]
    chart = dots_of(
        Part.CLUSTERS,
        f"Judged wrongly, by topic of the errors, {judgements.name}",
        "All statements, each in the group whose errors it is most like. The line is the share of all.",
        "share judged wrongly",
        float(wrong.mean()),
        rows,
    )
    return Findings(rows, [chart]), found


def _topical(words: sp.csr_matrix) -> sp.csr_matrix:
    """Remove words that occur in many statements: they name no topic."""
    frequency = np.asarray((words > 0).sum(axis=0)).ravel() / words.shape[0]
    kept = (frequency <= _TOO_COMMON).astype(np.float64)
    return (words @ sp.diags(kept)).tocsr()


def _latent(words: sp.csr_matrix) -> FloatArray:
    components = min(_COMPONENTS, min(words.shape) - 1)
    vectors: FloatArray = normalize(TruncatedSVD(components, random_state=0).fit_transform(words))
    return vectors


def _best(errors: FloatArray) -> KMeans:
    """The number of groups whose silhouette is best (Rousseeuw 1987)."""
    fitted = [KMeans(size, n_init=4, random_state=0).fit(errors) for size in _SIZES if size < len(errors) // 4]
    return max(fitted, key=lambda model: _silhouette(errors, model.labels_))


def _silhouette(errors: FloatArray, labels: IntArray) -> float:
    return float(silhouette_score(errors, labels)) if len(np.unique(labels)) > 1 else -1.0


def _cluster(
    number: int, nearest: IntArray, distance: FloatArray, words: sp.csr_matrix, judgements: Judgements, wrong: BoolArray
) -> Cluster:
    members = nearest == number
    errors = np.flatnonzero(members & wrong)
    usual = np.asarray(words.mean(axis=0)).ravel()
    here = np.asarray(words[errors if len(errors) else members].mean(axis=0)).ravel()
    terms = [judgements.vocabulary[column] for column in np.argsort(usual - here, kind="stable")[:_TERMS]]
    return Cluster(terms, members, errors[np.argsort(distance[errors], kind="stable")][:_EXAMPLES].tolist())


def _row(judgements: Judgements, cluster: Cluster, wrong: BoolArray) -> Row:
    part, true = wrong[cluster.members], judgements.validation.true[cluster.members]
    return Row.of(
        Part.CLUSTERS,
        f"share judged wrongly, {judgements.name}",
        ", ".join(cluster.terms),
        share(part),
        len(part),
        f"errors: {int((part & ~true).sum())} called true, {int((part & true).sum())} called false",
        base_rate=float(true.mean()),
    )
