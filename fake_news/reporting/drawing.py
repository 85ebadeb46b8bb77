"""The style of every drawing, and a drawing as SVG that takes the colours of the page which holds it."""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas

# Stand-ins that the SVG carries until the page's own colours take their place, in light and in dark.
INK, GRID, SERIES = "#000001", "#000002", ("#000003", "#000004", "#000005", "#000006")
_ALONE = ("#0072b2", "#d55e00", "#008a64", "#a05a8c")  # where no page around the drawing has colours
_COLOURS = {
    INK: "currentColor",
    GRID: "var(--grid, #d9dbde)",
    **{
        stand_in: f"var(--series-{number}, {colour})"
        for number, (stand_in, colour) in enumerate(zip(SERIES, _ALONE, strict=True), start=1)
    },
}
DASHES = ("solid", "dashed", "dotted", "dashdot")
MARKERS = ("o", "s", "^", "D")
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read aloud, searched and copied
    "svg.hashsalt": "plumbline",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": GRID,
    "legend.frameon": False,
}


def drawn_in_style() -> Any:
    """The context in which a drawing is made."""
    return mpl.rc_context(_STYLE)


def as_svg(canvas: Canvas) -> str:
    """A drawing as an ``<svg>`` element without prologue, metadata or anything outside itself."""
    buffer = io.StringIO()
    FigureCanvasSVG(canvas)
    canvas.savefig(buffer, format="svg", transparent=True, bbox_inches="tight", metadata={"Date": None})
    drawing = re.sub(r"<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.DOTALL)
    drawing = drawing[drawing.index("<svg") :]
    for stand_in, colour in _COLOURS.items():
        drawing = drawing.replace(stand_in, colour)
    return re.sub(r'(?<=<svg )(.*?)width="[^"]*"(.*?)height="[^"]*"', r"\1\2", drawing, count=1, flags=re.DOTALL)
