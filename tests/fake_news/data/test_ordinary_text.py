"""Pages and articles."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.ordinary_text import blocks_of_html, load_articles, load_pages


def test_blocks_are_paragraphs_headings_and_items_as_a_reader_sees_them() -> None:
    html = """<html><head><style>p { color: red }</style><script>var a = "<p>no</p>";</script></head><body>
        <nav><ul><li>Home</li></ul></nav>
        <h1>A &amp; B</h1><p>One <b>bold</b>\n  word,<br>two lines.</p>
        <ul><li>First</li><li>Second <a href="x">link</a></li></ul>
        <div>Loose text<p>inner</p>rest</div>
        <pre>code()</pre><form><p>Name</p><button>Go</button></form><p> </p></body></html>"""
    assert blocks_of_html(html) == [
        "A & B",
        "One bold word, two lines.",
        "First",
        "Second link",
        "Loose text",
        "inner",
        "rest",
    ]


@pytest.mark.parametrize("html", ["", "<p></p>", "<script>never closed", "<!-- <p>comment</p> -->", "<p><p></div>"])
def test_pages_without_text(html: str) -> None:
    assert blocks_of_html(html) == []


def test_text_outside_any_block_is_not_lost() -> None:
    assert blocks_of_html("loose <i>words</i>") == ["loose words"]


def test_pages_by_name(miniature: Path) -> None:
    pages = load_pages(miniature)
    assert {name: blocks[0] for name, blocks in pages.items()} == {
        "harbour": "News of the harbour",
        "orchard": "News of the orchard",
    }
    assert [len(blocks) for blocks in pages.values()] == [13, 13]


def test_no_pages_at_all(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No saved pages under "):
        load_pages(tmp_path)


def test_only_real_articles_with_text(tmp_path: Path) -> None:
    rows = [
        {"label": "real", "text": "One.\nTwo."},
        {"label": "fake", "text": "Three."},
        {"label": "real", "text": ""},
        {"label": "real", "text": "Fo\u2028ur."},
    ]
    (tmp_path / "fakenewsnet").mkdir()
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    (tmp_path / "fakenewsnet" / "politifact_articles.jsonl.gz").write_bytes(gzip.compress(content))
    assert load_articles(tmp_path) == [["One.", "Two."], ["Fo\u2028ur."]]
