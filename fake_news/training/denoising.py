"""Denoising as published fake-news projects do it: markup, bracketed text and stop words go.

A switch in the search, not an article of faith: "not", "more" and "every" are stop words too, and claims turn on them.
"""

from __future__ import annotations

import html
import re

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from fake_news.detection.text.tokens import tokenize

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def without_markup(text: str) -> str:
    """The text without HTML tags and comments, its character references resolved."""
    return html.unescape(_TAG.sub(" ", text))


def without_brackets(text: str) -> str:
    """The text without what stands in square brackets: an editor's words, not the speaker's."""
    return _BRACKETS.sub(" ", text)


def without_stop_words(text: str) -> str:
    """The text without scikit-learn's English stop words; everything else stays where it is."""
    kept, end = [], 0
    for token in tokenize(text):
        kept.append(text[end : token.start])
        if token.form not in ENGLISH_STOP_WORDS:
            kept.append(text[token.start : token.end])
        end = token.end
    return "".join([*kept, text[end:]])


def denoise(text: str) -> str:
    """All three, and single spaces."""
    return " ".join(without_stop_words(without_brackets(without_markup(text))).split())
