"""An error in one line."""

from __future__ import annotations

import pytest

from fake_news.common.errors import DataError, in_one_line


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("a\n  b"), "ValueError: a b"),
        (ValueError(), "ValueError"),
        (DataError("No rows.", "Get some."), "No rows. Get some."),
    ],
)
def test_an_error_in_one_line(error: Exception, line: str) -> None:
    assert in_one_line(error) == line


def test_a_long_message_is_cut() -> None:
    assert in_one_line(ValueError("x" * 100), 14) == "ValueError: xx"
