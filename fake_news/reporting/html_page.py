"""The frame of every report: one HTML file that fetches nothing, runs nothing, and reads in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from fake_news.reporting.charts import Chart
from fake_news.reporting.plots import svg

LIGHT = """--page: #fff; --ink: #1d1f21; --faint: #5d6167; --grid: #d9dbde;
  --series-1: #0072b2; --series-2: #d55e00; --series-3: #008a64; --series-4: #a05a8c;"""
DARK = """--page: #16181b; --ink: #e8e6e3; --faint: #a6a9ae; --grid: #3c4046;
  --series-1: #56b4e9; --series-2: #f0a03c; --series-3: #2fc498; --series-4: #d99ac5;"""
"""The colours of pages and charts."""

_STYLE = f"""
:root {{ color-scheme: light dark; {LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}
"""
_STYLE += """
body { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; max-width: 76rem;
  margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.7rem; margin-bottom: .2rem; } h2 { font-size: 1.3rem; margin: 2.6rem 0 .3rem; }
p { margin: .3rem 0 1rem; max-width: 48rem; } .faint, figcaption p { color: var(--faint); }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; padding: 0; } a { color: inherit; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(28rem, 100%), 1fr)); gap: 1.5rem 2.5rem; }
figure { margin: 0; min-width: 0; } figcaption strong { font-size: 1.05rem; }
figcaption p { font-size: .9rem; margin: 0; }
svg { width: 100%; height: auto; max-height: 46rem; } svg text { font-family: inherit !important; }
.table { overflow-x: auto; margin-top: 1rem; } table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
"""


def html_page(title: str, about: str, contents: Mapping[str, str], body: str, style: str = "") -> str:
    """The whole page.

    Parameters
    ----------
    title, about : plain text
    contents : headings by the ids of the sections they lead to
    body : HTML
    style : CSS besides that of every report
    """
    links = "".join(f'<li><a href="#{escape(name)}">{escape(heading)}</a></li>' for name, heading in contents.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{escape(title)}</title>
<style>{_STYLE}{style}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p class="faint">{escape(about)}</p>
<nav><ul>{links}</ul></nav>
{body}</body>
</html>
"""


def figure(chart: Chart) -> str:
    """A chart with its title and note."""
    title = escape(chart.title, quote=True)
    drawing = svg(chart).replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
    caption = f"<figcaption><strong>{title}</strong><p>{escape(chart.note)}</p></figcaption>"
    return f"<figure>{caption}{drawing}</figure>\n"


def html_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain text; a wide one scrolls by itself."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'
