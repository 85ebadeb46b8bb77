"""What denoising takes away, and what it leaves."""

from __future__ import annotations

import pytest

from fake_news.training.statement_vectorizer import denoise, without_brackets, without_markup, without_stop_words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Prices <b>fell</b><!-- a\nnote --> &amp; wages rose", "Prices  fell   & wages rose"),
        ("less than: 3 < 5 and 7 > 6", "less than: 3 < 5 and 7 > 6"),
    ],
)
def test_markup_goes_and_comparisons_stay(text: str, left: str) -> None:
    assert without_markup(text) == left


def test_words_in_square_brackets_go_and_round_ones_stay() -> None:
    assert without_brackets("The mayor [of our town] paid (twice)") == "The mayor   paid (twice)"


def test_stop_words_go_and_everything_else_keeps_its_place() -> None:
    assert without_stop_words("The bridge was not built in 1990!") == " bridge   built  1990!"


def test_denoised_text_is_clean_at_once() -> None:
    text = "<p>The harbour [sic] has   not been sold</p>"
    assert denoise(text) == "harbour sold"
    assert denoise(denoise(text)) == denoise(text)
