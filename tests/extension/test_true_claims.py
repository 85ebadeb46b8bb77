"""What the shipped detector says of true claims, opinions and other languages in a page of plain claims."""

from __future__ import annotations

import html
import re

import pytest

from tests.conftest import RunningServer
from tests.extension.page_server import PAGES
from tests.extension.server_verdicts import judge

CLAIMS = re.compile(r"<p id=(\w+)>(.*?)</p>", re.DOTALL)
NOT_FALSE = ["b", "c", "d", "g", "l", "m", "o"]


@pytest.mark.parametrize("name", NOT_FALSE)
def test_true_claims_are_not_called_false(running_server: RunningServer, name: str) -> None:
    claims = dict(CLAIMS.findall((PAGES / "reading" / "claims.html").read_text(encoding="utf-8")))
    assert len(claims) == 16, "the page has other paragraphs"
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", claims[name])).split())
    statements = judge(running_server.address, text)
    assert statements
    assert [one for one in statements if "false" in one.label] == []
