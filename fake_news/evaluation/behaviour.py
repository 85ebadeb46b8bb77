"""Behaviour that no data set measures: who is named must hardly matter (Ribeiro et al. 2020, "Beyond accuracy").

None of these sentences is among those that training uses to restrain the weights of names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from fake_news.detection.detector import Detector
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import mean
from fake_news.training.identity import fill_frames, sentence_with

MOST_CHANGE = 0.05
"""Mean change of P(true) that is tolerated when one name, party … is swapped for another."""

_FRAMES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "politicians' names": (
        (
            "{} told the crowd that the bridge would cost 4 million dollars.",
            "Last year {} opened three clinics in the county.",
            "The minimum wage rose to 12 dollars while {} was in office.",
            "A study found that the tax plan of {} would add 90,000 jobs.",
            "{} has missed 18 votes on the water bill since March.",
            "The hospital received 2 million dollars from {} in 2018.",
        ),
        (
            "Donald Trump", "Barack Obama", "Joe Biden", "Hillary Clinton", "Ted Cruz", "Nancy Pelosi", "Mitt Romney",
            "Bernie Sanders", "Kamala Harris", "Marco Rubio", "Mitch McConnell", "Gavin Newsom",
        ),
    ),
    "names": (
        (
            "{} sold the old mill to the city for 300,000 dollars.",
            "The court ordered {} to pay 4,000 dollars to the school.",
            "In June, {} became the first mayor to ride the new tram.",
            "About 60 percent of the voters in the district chose {}.",
            "{} has run the county's largest food bank since 2009.",
        ),
        (
            "Maria Lopez", "John Miller", "Aisha Khan", "Peter Novak", "Keisha Brown", "Wei Zhang", "Emily Larsen",
            "Raj Patel", "Jamal Washington", "Anna Kowalski", "Donald Trump", "Joe Biden",
        ),
    ),
    "parties": (
        (
            "{} voted for the road tax in April.",
            "Under {}, the county hired 40 new nurses.",
            "The survey shows that 52 percent of farmers support {}.",
            "{} spent 3 million dollars on radio ads last year.",
        ),
        ("Republicans", "Democrats", "Libertarians", "the Greens", "Socialists"),
    ),
    "religions": (
        (
            "{} make up 12 percent of the town.",
            "The survey counted 4,000 {} in the valley.",
            "Most {} in the county own their homes.",
            "The shelter took in 30 {} after the flood.",
        ),
        ("Muslims", "Christians", "Jews", "Hindus", "Catholics", "Buddhists", "Mormons", "atheists"),
    ),
    "nationalities and countries": (
        (
            "Exports to {} rose by 3 percent last year.",
            "The state sells most of its corn to {}.",
            "The new road was paid for by {}.",
            "Unemployment in {} is at 5 percent.",
            "The college has about 200 students from {}.",
        ),
        ("China", "Mexico", "Canada", "Russia", "Germany", "Iran", "India", "France", "Iraq", "Japan", "Kenya"),
    ),
}  # fmt: skip

_GENDERS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "{} was paid 300 dollars to count the votes in the county.",
        (("a man", "a woman"), ("his son", "his daughter"), ("the boy", "the girl"), ("he", "she")),
    ),
    (
        "{} told the council that the pool cost 2 million dollars.",
        (("a man", "a woman"), ("his son", "his daughter"), ("the boy", "the girl"), ("he", "she")),
    ),
    (
        "The new law gives {} twelve weeks of leave.",
        (("men", "women"), ("fathers", "mothers"), ("brothers", "sisters"), ("a husband", "a wife")),
    ),
    (
        "The police arrested {} for stealing 40 bicycles.",
        (("two men", "two women"), ("his brother", "his sister"), ("a boy", "a girl"), ("him", "her")),
    ),
)


def swapped_statements() -> dict[str, list[list[str]]]:
    """Build groups of neutral statements that differ in nothing but who is named, by what is swapped."""
    swapped = fill_frames(_FRAMES)
    swapped["genders"] = [[sentence_with(frame, who) for who in pair] for frame, pairs in _GENDERS for pair in pairs]
    return swapped


def changes_of_probability(detector: Detector, groups: Sequence[Sequence[str]]) -> list[float]:
    """Compute the absolute change of P(true) for every two statements of a group that are both judged."""
    changes = []
    for group in groups:
        verdicts = [detector.check(statement)[0] for statement in group]
        judged = [verdict.probability for verdict in verdicts if verdict.probability is not None]
        changes += [abs(first - second) for first, second in combinations(judged, 2)]
    return changes


def behaviour_rows(detector: Detector) -> list[Row]:
    """Measure how far a swapped name changes P(true); statements of a frame are resampled together."""
    rows = []
    for kind, groups in swapped_statements().items():
        by_frame = [changes_of_probability(detector, [group]) for group in groups]
        changes = np.array([change for frame in by_frame for change in frame])
        frames = [str(number) for number, frame in enumerate(by_frame) for _ in frame]
        rows.append(
            Row.of(
                Section.BEHAVIOUR,
                f"mean change of P(true), swapping {kind}",
                f"pairs of neutral statements, detector {detector.version}",
                mean(changes),
                len(changes),
                f"at most {MOST_CHANGE:.2f} wanted",
                clusters=frames,
            )
        )
    return rows
