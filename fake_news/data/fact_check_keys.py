"""What tells that two rows from different sets are the same fact-check."""

from __future__ import annotations

import re
from functools import lru_cache

from fake_news.detection.text.tokens import tokenize


@lru_cache(maxsize=1 << 17)  # the same text is asked for by several rules
def normalised(text: str) -> str:
    """The words of a text, spelt as every source spells them."""
    return " ".join(token.form for token in tokenize(text))


def canonical_address(url: str) -> str:
    """An address without what varies between sources: scheme, ``www``, query, trailing slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).split("?")[0].split("#")[0].rstrip("/")
