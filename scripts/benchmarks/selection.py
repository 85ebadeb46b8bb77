"""From releasing the mouse after a selection to the painted verdict: real browser, real server."""

from __future__ import annotations

import argparse
import html
import tempfile
from pathlib import Path

from benchmarks.percentiles import summary
from benchmarks.server_process import ROOT, running_server
from benchmarks.statements import doubtful_statements
from tests.extension.browsers import BROWSERS, Tab
from tests.extension.page_server import serving_pages

HELP = "selection to painted verdict in a real browser"
WARM_UP = 5

# The page's own clock: from the time stamp of the release to the frame after the one that painted the range.
START_WATCH = """(id) => {
  const statement = document.getElementById(id);
  const isPainted = () => [...CSS.highlights].some(([name, ranges]) => name.startsWith('plumbline-')
    && [...ranges].some((range) => statement.contains(range.startContainer)));
  window.selectionToPaint = new Promise((resolve) => {
    addEventListener('pointerup', (release) => {
      const look = () => requestAnimationFrame(() => {
        if (isPainted()) requestAnimationFrame(() => resolve(performance.now() - release.timeStamp));
        else look();
      });
      look();
    }, {once: true, capture: true});
  });
}"""
STOP_WATCH = """Promise.race([window.selectionToPaint,
  new Promise((resolve) => setTimeout(resolve, 10000, null))])"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--browser", choices=BROWSERS, default="chromium", help="the browser (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=100, help="how many selections (default: %(default)s)")
    parser.add_argument("--cold", action="store_true", help="reload the page before each: its first selection")
    drawing = "milliseconds from the first to the last word, which a hand takes longer for than a program"
    parser.add_argument("--drawing-ms", type=int, default=0, help=f"{drawing} (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Select one statement after the other and print the percentiles."""
    statements = doubtful_statements(WARM_UP + arguments.runs)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(ruled_false=statements) as address,
        serving_pages(Path(folder)) as pages,
    ):
        Path(folder, "page.html").write_text(_page(statements), encoding="utf-8")
        with BROWSERS[arguments.browser](ROOT) as browser:
            browser.write_storage("settings", {"serverAddress": address})
            tab = browser.open_tab()
            tab.set_viewport(1000, 700)
            tab.get(pages.url("page.html"))
            measured = []
            for i, statement in enumerate(statements):
                if arguments.cold:
                    tab.reload()
                measured.append(_measure(tab, f"s{i}", statement, arguments.drawing_ms))
            measured = measured[WARM_UP:]
            print(f"{arguments.browser} {browser.version}, server and browser on the same machine")
    painted = [duration for duration in measured if duration is not None]
    if not painted:
        raise SystemExit("No selection was painted: is the extension able to reach the server?")
    what = "first selection in a page" if arguments.cold else "selection"
    print(f"{what}, drawn in {arguments.drawing_ms} ms, to painted verdict: {summary(painted)}")
    if len(painted) < len(measured):
        print(f"not painted within 10 s: {len(measured) - len(painted)} (a label that is not painted, or an error)")


def _page(statements: list[str]) -> str:
    paragraphs = "\n".join(f'<p id="s{i}">{html.escape(one)}</p>' for i, one in enumerate(statements))
    style = "body { font: 18px/1.6 sans-serif; margin: 2rem auto; width: 800px; } p { margin: 0 0 300px; }"
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{style}</style>\n{paragraphs}\n</html>'


def _measure(tab: Tab, identifier: str, statement: str, drawing_ms: int) -> float | None:
    tab.call(START_WATCH, identifier)
    tab.select_with_mouse(statement, f"#{identifier}", drawing_ms)
    duration: float | None = tab.evaluate(STOP_WATCH)
    tab.press("Escape")
    tab.wait_until("!document.querySelector('plumbline-card')", "the card is closed")
    return duration
