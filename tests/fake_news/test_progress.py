"""The bar of long work: redrawn at a terminal, a line every tenth in a log."""

from __future__ import annotations

import io

from fake_news.cli.terminal import ProgressBar


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


def test_a_total_may_be_known_later_and_a_second_file_begins_anew() -> None:
    log = io.StringIO()
    bar = ProgressBar("bytes", stream=log)
    bar(5)
    assert log.getvalue() == ""
    for done in (50, 100, 10, 30):
        bar(done, 100)
    assert [line[28:32] for line in log.getvalue().splitlines()] == [" 50%", "100%", " 10%", " 30%"]


def test_where_the_total_is_unknown_a_terminal_has_the_count_and_a_log_nothing() -> None:
    for stream, expected in ((Terminal(), "\r7 rows\x1b[K"), (io.StringIO(), "")):
        ProgressBar("rows", stream=stream)(7)
        assert stream.getvalue() == expected


def test_a_log_may_be_spared() -> None:
    log = io.StringIO()
    ProgressBar("rows", 10, log, logged=False)(10)
    assert log.getvalue() == ""
