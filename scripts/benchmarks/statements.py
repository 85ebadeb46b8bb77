"""Any number of different statements to measure with, so that no cache answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, product

SOURCES = ("A Facebook post says a video", "Facebook posts say a photo", "A viral Facebook post says an image")
DEEDS = ("burning thousands of ballots", "hiding boxes of ballots", "with a COVID-19 vaccine microchip")
PLACES = ("Ashford", "Brinmore", "Calder Falls", "Dunwick", "Elmsbury", "Fairhollow", "Grantham Bay", "Hexley")
TIMES = tuple(f"in the night of {month} {day}" for month in ("March", "June", "October") for day in range(1, 29))

ORDINARY = (
    "The committee met again on Thursday and heard {n} speakers before lunch.",
    "Rain is expected along the coast, and {n} trains will run late.",
    "She has written {n} books about the river and the people who live beside it.",
    "The school opened in 19{n:02d} and has grown ever since.",
)
SENTENCES_A_STREAM = 1_000_000  # more than a measurement gets through
DOUBTFUL = "{source} shows the mayor of {place} {deed} {time}."


def doubtful_statements(count: int) -> list[str]:
    """Statements of the kind that the model doubts, each with words of its own."""
    combinations = random.Random(0).sample(list(product(SOURCES, PLACES, DEEDS, TIMES)), count)
    return [DOUBTFUL.format(source=s, place=p, deed=d, time=t) for s, p, d, t in combinations]


def page_of_sentences(count: int) -> list[str]:
    """Sentences as a news page mixes them: one in four is doubtful."""
    doubtful = iter(doubtful_statements(count))
    return [next(doubtful) if i % 4 == 3 else ORDINARY[i % len(ORDINARY)].format(n=i % 90 + 10) for i in range(count)]


def endless_sentences(stream: int = 0) -> Iterator[str]:
    """Sentences mixed as on a page, without end and without a repetition, not even in another stream."""
    for n in count(1000 + stream * SENTENCES_A_STREAM):
        if n % 4 == 3:
            place, deed, time = PLACES[n % 8], DEEDS[n % 3], TIMES[n % 84]
            yield DOUBTFUL.format(source=SOURCES[n // 4 % 3], place=place, deed=deed, time=f"{time} before {n} people")
        else:
            yield ORDINARY[n % 4].format(n=n)
