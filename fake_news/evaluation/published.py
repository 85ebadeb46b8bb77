"""What others published on LIAR, beside which the comparison stands.

None of these figures is measured by this project's code: they are what the projects report, or what their published
code gave when it was run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """A published project's accuracy on LIAR's splits; ``None`` where it has none that compares."""

    title: str
    validation_accuracy: float | None
    test_accuracy: float | None
    remark: str


PUBLISHED_ON_LIAR = [
    Published(
        "mihail911/fake-news, as reported",
        0.725,
        None,
        "a random forest whose columns hold the history counts, which contain the answer",
    ),
    Published(
        "mihail911/fake-news, as served",
        0.590,
        0.613,
        "the same forest given the statement alone, as a web page gives it: AUC .655 and .630, 81 % called real",
    ),
    Published(
        "FelipeAdachi/fake-news-experiments",
        None,
        None,
        "texts and labels are sampled independently of each other, so that no figure of it means anything",
    ),
]
