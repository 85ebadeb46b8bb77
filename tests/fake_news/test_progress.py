"""The bar of long work: redrawn at a terminal, a line every tenth in a log."""

from __future__ import annotations

import io

from fake_news.commands.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_log_it_is_a_line_every_tenth() -> None:
    log = io.StringIO()
    bar = ProgressBar("rows", 1000, log)
    for done in range(1001):
        bar(done)
    lines = log.getvalue().splitlines()
    assert len(lines) == 10
    assert "10%  100 of 1,000 rows, about " in lines[0]
    assert lines[-1] == f"[{'█' * 25}] 100%  1,000 of 1,000 rows"


def test_at_a_terminal_it_is_one_line_that_ends_with_the_work() -> None:
    terminal = Terminal()
    bar = ProgressBar("rows", 1000, terminal)
    for done in range(1001):
        bar(done)
    drawn = terminal.getvalue()
    assert drawn.count("\n") == 1
    assert drawn.endswith("100%  1,000 of 1,000 rows\x1b[K\n")
    assert drawn.count("\r") < 1001


def test_what_an_earlier_run_did_says_nothing_about_the_speed() -> None:
    log = io.StringIO()
    bar = ProgressBar("rows", 100, log)
    bar(90)
    assert "left" not in log.getvalue()
    assert "90%" in log.getvalue()
