"""Draw the extension's icons: a plumb bob on its line.

``python3 scripts/draw_icons.py`` writes ``extension/icons/16.png`` to ``128.png`` with the standard library alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "extension" / "icons"
SIZES = (16, 32, 48, 128)
SAMPLES = 8  # per pixel and direction, for smooth edges

Colour = tuple[int, int, int, int]
CLEAR: Colour = (0, 0, 0, 0)
WALL: Colour = (18, 52, 77, 255)
LINE: Colour = (255, 255, 255, 255)
BRASS: Colour = (240, 173, 36, 255)
SHADE: Colour = (201, 134, 8, 255)

CORNER = 0.22
LINE_HALF_WIDTH = 0.035
BOB_TOP, BOB_SHOULDER, BOB_TIP = 0.42, 0.58, 0.9
BOB_TOP_HALF_WIDTH, BOB_HALF_WIDTH = 0.1, 0.21


def colour_at(x: float, y: float) -> Colour:
    """Return the colour of a point of the unit square."""
    if not in_rounded_square(x, y):
        return CLEAR
    offset = x - 0.5
    if BOB_TOP <= y <= BOB_TIP and abs(offset) <= bob_half_width(y):
        return BRASS if offset < 0 else SHADE
    if y < BOB_TOP and abs(offset) <= LINE_HALF_WIDTH:
        return LINE
    return WALL


def bob_half_width(y: float) -> float:
    """How far the bob reaches to either side at a height: a collar that widens, then a cone down to the tip."""
    if y < BOB_SHOULDER:
        part = (y - BOB_TOP) / (BOB_SHOULDER - BOB_TOP)
        return BOB_TOP_HALF_WIDTH + part * (BOB_HALF_WIDTH - BOB_TOP_HALF_WIDTH)
    return BOB_HALF_WIDTH * (BOB_TIP - y) / (BOB_TIP - BOB_SHOULDER)


def in_rounded_square(x: float, y: float) -> bool:
    """Return whether a point lies in the unit square without its corners."""
    beyond_x = max(CORNER - x, x - (1 - CORNER), 0.0)
    beyond_y = max(CORNER - y, y - (1 - CORNER), 0.0)
    return beyond_x**2 + beyond_y**2 <= CORNER**2


def pixel(column: int, row: int, size: int) -> bytes:
    """Return one pixel, averaged over its samples with their opacity as weight."""
    samples = [
        colour_at((column + (i + 0.5) / SAMPLES) / size, (row + (j + 0.5) / SAMPLES) / size)
        for i in range(SAMPLES)
        for j in range(SAMPLES)
    ]
    opacity = sum(sample[3] for sample in samples)
    if opacity == 0:
        return bytes(CLEAR)
    channels = (round(sum(sample[c] * sample[3] for sample in samples) / opacity) for c in range(3))
    return bytes((*channels, round(opacity / len(samples))))


def rows(size: int) -> Iterator[bytes]:
    """Return the rows of an icon as PNG wants them, each led by its filter type: none."""
    for row in range(size):
        yield b"\0" + b"".join(pixel(column, row, size) for column in range(size))


def png(size: int) -> bytes:
    """Return an icon as a PNG file."""
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    image = zlib.compress(b"".join(rows(size)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", image) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> None:
    """Write every size."""
    ICONS.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        path = ICONS / f"{size}.png"
        path.write_bytes(png(size))
        print(path)


if __name__ == "__main__":
    main()
