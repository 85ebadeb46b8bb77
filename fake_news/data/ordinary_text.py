"""Ordinary text, such as news articles: almost none of it should be called false."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.folder import read_text

PAGES_SET = "pages"
"""The set's folder in the data folder."""

_BLOCKS = frozenset("""p li h1 h2 h3 h4 h5 h6 blockquote td th figcaption pre dd dt div section article""".split())
_SKIPPED = frozenset(["script", "style", "noscript", "svg", "code", "pre", "nav", "form", "button"])


class _BlockText(HTMLParser):
    """Collects the text of the blocks of a page, as the extension does in a browser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._parts: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _BLOCKS:
            self.flush()
        elif tag == "br":
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        if tag in _BLOCKS:
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._parts.append(data)

    def flush(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._parts)).strip()
        if text:
            self.blocks.append(text)
        self._parts = []


def blocks_of_html(html: str) -> list[str]:
    """Extract paragraphs, headings and list items of a page as plain text."""
    parser = _BlockText()
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.blocks


def load_pages(folder: Path) -> dict[str, list[str]]:
    """Load the blocks of the articles in ``pages/``, by page. The text is its publishers'. For evaluation only."""
    paths = sorted((folder / PAGES_SET).glob("*/expected.html"))
    if not paths:
        raise DataError(f"No saved pages under {folder / PAGES_SET}.", "Get them, or name another --data-dir.")
    return {path.parent.name: blocks_of_html(read_text(path)) for path in paths}


def load_articles(folder: Path) -> list[list[str]]:
    """Load paragraphs of FakeNewsNet's PolitiFact articles that are rated real. The text is its publishers'.

    Trap: bills, transcripts and lists stand among the news stories.
    """
    return [
        article["text"].split("\n")
        for article in read_articles(folder)
        if article["label"] == "real" and article["text"]
    ]


def read_articles(folder: Path) -> list[dict[str, str]]:
    """Read FakeNewsNet's PolitiFact articles with title, text and label, as published."""
    path = folder / "fakenewsnet" / "politifact_articles.jsonl.gz"
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(
            f"The data set file {path} cannot be read ({error}).", "Get it, or name another --data-dir."
        ) from error
    articles = []
    for line, row in enumerate(content.splitlines(), start=1):
        try:
            article = json.loads(row)
            if not isinstance(article["text"], str | None):
                raise TypeError(f"text is {article['text']!r}")
            articles.append({"title": article.get("title") or "", "label": article["label"], "text": article["text"]})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                f"{path}, line {line}: not an article with label and text ({error}).", "Fix or remove the line."
            ) from error
    return articles
