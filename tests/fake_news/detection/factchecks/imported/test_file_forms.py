"""The forms of a file of fact-checks: what is read from each, as plain text and days."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.fields import iso_day, plain_text
from fake_news.detection.factchecks.imported.file_import import import_file
from fake_news.detection.verdict import Basis, Label, Relation
from tests.fake_news.detection.factchecks.imported.reviews import CLAIM, review

ITEM = {"@type": "DataFeedItem", "item": [review()]}
FEED = {"@type": "DataFeed", "name": "[x]", "dataFeedElement": [ITEM]}


@pytest.mark.parametrize(
    "content",
    [
        review(),
        [review()],
        FEED,
        {"@graph": [{"@type": "WebPage"}, review()]},
        json.dumps(review()) + "\n" + json.dumps(review(url="https://facts.example/ferry")),
        "\ufeff" + json.dumps([review()], indent=4),
        json.dumps({"@graph": [{"@type": "WebPage"}]}) + "\n" + json.dumps({"@graph": [review()]}),
        {"name": "x" * 300_000, **FEED, "dateModified": "2021-06-01"},
        [review(reviewBody="long " * 80_000)],
        {"@type": "WebPage", "mainEntity": {"@type": "Article", "review": [review()]}},
        {
            "@graph": [
                {"@type": "Organization", "@id": "#us", "name": "Creek Facts"},
                review(author={"@id": "#us"}, claimReviewed={"@value": CLAIM}, url=["https://facts.example/ferry"]),
            ]
        },
        {f"schema:{name}".replace("schema:@", "@"): value for name, value in review().items()},
        review(
            reviewRating=[{"ratingValue": "1", "worstRating": 1, "bestRating": "5"}],
            itemReviewed=[
                {"@type": "Claim", "appearance": [{"author": {"name": "Ann Ott"}, "datePublished": "2021-05-01"}]}
            ],
        ),
        "claim,rating,publisher,url,speaker,claim_date,review_date\n"
        f'"{CLAIM}",False,Creek Facts,https://facts.example/ferry,Ann Ott,"May 1, 2021",4 May 2021\n',
        "claim;rating;publisher;url;Claimant;Review Date\n"
        f"{CLAIM};False;Creek Facts;https://facts.example/ferry;Ann Ott;2021-05-04\n",
        "URL,Text,textualRating,publisher.name,claimant,claimDate,reviewDate\r\n"
        f"https://facts.example/ferry,{CLAIM},False,Creek Facts,Ann Ott,2021-05-01T00:00:00Z,2021-05-04\r\n",
    ],
    ids=[
        *("object", "list", "feed", "graph", "lines", "byte order mark", "graph in each line", "list after much else"),
        *("long entry", "inside a page", "referred to", "prefixed", "rating without words", "csv", "semicolons"),
        "csv with other names",
    ],
)
def test_every_form(content: Any, file: Callable[[Any], Path], database: ImportedDatabase, shipped: Path) -> None:
    assert import_file(file(content), database).added == 1
    (verdict,) = Detector.load(shipped, database).check(CLAIM)
    assert (verdict.label, verdict.basis) == (Label.FALSE, Basis.FACT_CHECK)
    mine = next(found for found in verdict.evidence if found.publisher == "Creek Facts")
    assert mine.relation is Relation.SAME_CLAIM
    assert (mine.speaker, mine.date, mine.url, mine.claim) == (
        "Ann Ott",
        "2021-05-04",
        "https://facts.example/ferry",
        CLAIM,
    )


def test_markup_and_control_characters_are_taken_out(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    dirty = review(
        claimReviewed="<p>The ferry <b>sank</b>\x1b[31m &amp; rose<script>alert(1)</script> again.</p>",
        author=[{"name": "Creek\nFacts"}],
    )
    seen: list[RuledClaim] = []
    real = database.add
    database.add = lambda claims, *more: real((seen.append(claim) or claim for claim in claims), *more)  # type: ignore[method-assign, func-returns-value]
    import_file(file(dirty), database)
    assert seen[0].text == "The ferry sank [31m & rose again."
    assert seen[0].fact_check.publisher == "Creek Facts"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T23:30:00-05:00", "2021-03-04"),
        ("March 4th, 2021", "2021-03-04"),
        ("Thursday, 4 March 2021", "2021-03-04"),
        ("Sept 4, 2021", "2021-09-04"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("3/4/2021", ""),
        ("31/2/2021", ""),
        ("04.03.2021", "2021-03-04"),
        ("2021", "2021-01-01"),
        ("Mar. 4, 2021", "2021-03-04"),
        ("4. March 2021", "2021-03-04"),
        ("04-Mar-2021", "2021-03-04"),
        ("20210304T101112Z", "2021-03-04"),
        ("2021-03-04+01:00", "2021-03-04"),
        ("Thu Mar  4 10:00:00 +0000 2021", "2021-03-04"),
        ("Thu, 04 Mar 2021 10:00:00 GMT", "2021-03-04"),
        ("March 4, 2021 at 5:00 PM", "2021-03-04"),
        ("0000-00-00", ""),
        ("yesterday", ""),
        (20210304, ""),
        (None, ""),
    ],
)
def test_dates(written: object, day: str) -> None:
    assert iso_day(written) == day


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The &lt;b&gt;ferry&lt;/b&gt; sank &quot;twice&quot;.", 'The ferry sank "twice".'),
        ("5 &lt; 6 and 7 &gt; 3", "5 < 6 and 7 > 3"),
        ("vac\u00adcines \u202eand\u200b boats", "vaccines and boats"),
        ("<img src=x onerror=alert(1)>The <style>p{}</style>pier", "The pier"),
        ("lone \ud800 surrogate", "lone surrogate"),
        (float("nan"), ""),
        (10**400, ""),
        (True, ""),
    ],
)
def test_fields_become_plain_text(written: object, read: str) -> None:
    assert plain_text(written) == read
