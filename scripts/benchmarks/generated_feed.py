"""A feed of generated fact-checks, as large as Data Commons' and as varied as its word lists allow."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

PUBLISHER = "Harlow Creek Facts"
_SUBJECTS = """ferry pier harbour library school hospital bridge tunnel tram station museum market stadium council mayor
    governor senator bishop teacher nurse farmer fisherman baker miner vaccine virus filter battery turbine reactor
    satellite telescope orchard forest river lake beach glacier volcano wolf beaver salmon honey bread milk salt
    water petrol rent pension tax budget lottery census ballot passport court prison police army navy""".split()
_PLACES = """Harlow Alder Birch Cedar Dunmore Elmhurst Fenwick Granby Holloway Ingleby Jarrow Kelso Linden Marlow
    Norwood Oakham Penrith Quarley Redhill Selby Thornton Ulverston Verwood Wexham Yarmouth""".split()
_KINDS = "Creek Bay Hill Island County Valley Heights Falls Junction Green".split()
_VERBS = """has lost|has gained|was sold for|will cost|has cost|has employed|has banned|has approved|
    caused|prevented|is hiding|has counted|has exported|has imported|burned down after|
    was flooded after|closed after|opened with""".split("|")
_THINGS = """jobs visitors boats trees dollars cases votes pupils patients tickets houses animals tonnes litres windows
    letters cameras buses bottles bicycles""".split()
_ENDS = """since last spring|in one night|without a vote|before the election|according to a leaked letter|every year|
    because of a new law|despite the warnings|during the pandemic|in the first week|for no reason""".replace(
    "\n    ", ""
).split("|")
_RATINGS = ("False", "Mostly False", "Half True", "Mostly True", "True", "Misleading", "Needs context")
_BODY = "What was found out about it, and from whom, stands in the article, which a feed repeats only in part. "


def reviews(count: int, length: int = 1500) -> Iterator[dict[str, object]]:
    """Generate so many reviews, the same ones every time, each with a body of this length."""
    draw = random.Random(0)
    body = (_BODY * (length // len(_BODY) + 1))[:length]
    for number in range(count):
        place = f"{draw.choice(_PLACES)} {draw.choice(_KINDS)}"
        claim = (
            f"The {draw.choice(_SUBJECTS)} of {place} {draw.choice(_VERBS)} {draw.randrange(2, 90_000):,} "
            f"{draw.choice(_THINGS)} {draw.choice(_ENDS)}"
        )
        yield {
            "@type": "ClaimReview",
            "url": f"https://facts.example/{number}/{place.lower().replace(' ', '-')}",
            "claimReviewed": claim,
            "author": {"@type": "Organization", "name": PUBLISHER, "url": "https://facts.example/"},
            "datePublished": f"{2016 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
            "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"{draw.choice(_PLACES)} Ott"}},
            "reviewRating": {"@type": "Rating", "alternateName": draw.choice(_RATINGS)},
            "reviewBody": body,
            "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
        }


def write_feed(path: Path, count: int) -> int:
    """Write a feed as Data Commons gives it, some 2 kB an entry; how many bytes."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dateModified": "2026-11-01T00:00:00Z", ')
        file.write('"dataFeedElement": [')
        for number, review in enumerate(reviews(count)):
            file.write(",\n" if number else "\n")
            json.dump({"@type": "DataFeedItem", "item": [review]}, file)
        file.write("\n]}\n")
    return path.stat().st_size
