"""Google's Fact Check Tools API, asked with the reader's own key.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fake_news.common.errors import PlumblineError
from fake_news.common.files import read_key_file
from fake_news.detection.factchecks.publishers import site_of_publisher
from fake_news.pipelines.fact_check_update.web import UpdateError, Web, not_written, unreachable

ADDRESS = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
NAME = "google"
KEY_VARIABLE = "PLUMBLINE_GOOGLE_KEY"
_PAGE_SIZE = 100
_MOST_PAGES = 200
_MOST_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask for.

    Attributes
    ----------
    queries : words; each is a search of its own
    publishers : names or sites; each is a search of its own
    language : a language's code, ``any`` for all
    days : how old a review may be
    """

    queries: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    language: str = "en"
    days: int = 30

    def searches(self) -> Iterator[dict[str, str]]:
        """The parameters of each search."""
        more = {"maxAgeDays": str(self.days), "pageSize": str(_PAGE_SIZE)}
        if self.language != "any":
            more["languageCode"] = self.language
        for publisher in self.publishers:
            yield {"reviewPublisherSiteFilter": site_of_publisher(publisher), **more}
        for query in self.queries:
            yield {"query": query, **more}


def read_key(path: Path | None) -> str:
    """Read the reader's key from a file that nobody else can read, or from the environment.

    Raises
    ------
    UpdateError
        If there is none, or others can read the file.
    """
    if path is None:
        if key := os.environ.get(KEY_VARIABLE, "").strip():
            return key
        raise UpdateError(
            "Google's interface needs your own key.",
            f"Name a file of mode 0600 with --key-file, or set {KEY_VARIABLE}; docs/fact-checks.md says how to get it.",
        )
    try:
        return read_key_file(path)
    except PlumblineError as error:
        raise UpdateError(error.message, error.hint) from error


def fetch_claims(question: Question, key: str, target: Path, web: Web, address: str = ADDRESS) -> int:
    """Write the claims that are found to a file, one page of results a line, and return how many claims.

    Raises
    ------
    UpdateError
        If nothing is asked for, or the interface refuses, cannot be reached or sends something other than claims.
    """
    searches = list(question.searches())
    if not searches:
        raise UpdateError("Nothing was asked of Google.", "Name publishers with --publisher, or words with --query.")
    count = 0
    try:
        with target.open("w", encoding="utf-8") as file:
            for search in searches:
                for page in _pages(search, key, web, address):
                    count += len(page["claims"])
                    file.write(json.dumps(page) + "\n")
    except OSError as error:
        raise not_written(target, error) from error
    return count


def _pages(search: dict[str, str], key: str, web: Web, address: str) -> Iterator[dict[str, Any]]:
    token, seen = "", {""}
    for _ in range(_MOST_PAGES):
        page = _answer(search | ({"pageToken": token} if token else {}), key, web, address)
        if page["claims"]:
            yield {"claims": page["claims"]}
        token = page.get("nextPageToken", "")
        if not isinstance(token, str) or token in seen:
            return
        seen.add(token)


def _answer(parameters: dict[str, str], key: str, web: Web, address: str) -> dict[str, Any]:
    # In a header, as addresses end up in logs.
    request = urllib.request.Request(f"{address}?{urlencode(parameters)}", headers={"X-Goog-Api-Key": key})
    try:
        with web.ask(request) as answer:
            content = answer.read(_MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise unreachable(address, error) from error
    try:
        page = json.loads(content) if len(content) <= _MOST_BYTES else None
    except ValueError:
        page = None
    if not isinstance(page, dict) or not isinstance(page.get("claims", []), list):
        raise UpdateError(f"{address} sent something other than claims.", "Update Plumbline, or try again later.")
    return {"claims": [], **page}
