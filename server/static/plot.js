// The frame of a plot: axes with their labels, and where a value lies in it.

import { shape } from "./elements.js";
import { counted, percent } from "./numbers.js";
import { words } from "./words.js";

const MARGIN = { left: 58, right: 14, top: 10, bottom: 46 };
const STEPS = 4;

/** How many series can be told apart without colour: by dashes and by the shape of their points. */
export const STYLES = 4;

/**
 * An empty plot.
 *
 * @param {{width: number, height: number, title: string, xLabel: string, yLabel: string,
 *          x: [number, number], y: [number, number]}} options   the ends of the axes; values are shares
 */
export function emptyPlot({ width, height, title, xLabel, yLabel, x, y }) {
  const right = width - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  /** @param {number} value */
  const xOf = (value) => MARGIN.left + ((value - x[0]) / (x[1] - x[0])) * (right - MARGIN.left);
  /** @param {number} value */
  const yOf = (value) => bottom - ((value - y[0]) / (y[1] - y[0])) * (bottom - MARGIN.top);
  const drawing = shape("svg", { height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  for (const value of ticks(...y)) {
    drawing.append(
      shape("line", { x1: MARGIN.left, x2: right, y1: yOf(value), y2: yOf(value), class: "axis" }),
      shape("text", { x: MARGIN.left - 7, y: yOf(value) + 4, "text-anchor": "end" }, share(value)),
    );
  }
  for (const value of ticks(...x)) {
    drawing.append(
      shape("line", { x1: xOf(value), x2: xOf(value), y1: MARGIN.top, y2: bottom, class: "axis" }),
      shape("text", { x: xOf(value), y: bottom + 17, "text-anchor": "middle" }, share(value)),
    );
  }
  const middle = (MARGIN.top + bottom) / 2;
  drawing.append(
    shape("text", { x: (MARGIN.left + right) / 2, y: height - 6, "text-anchor": "middle", class: "axis-label" }, xLabel),
    shape(
      "text",
      { x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})`, class: "axis-label" },
      yLabel,
    ),
  );
  return { drawing, xOf, yOf };
}

/** @param {number} from @param {number} to */
const ticks = (from, to) => Array.from({ length: STEPS + 1 }, (_, step) => from + ((to - from) * step) / STEPS);

/** @param {number} value */
const share = (value) => words("share", { SHARE: percent(value) });

/**
 * A point whose shape tells its series.
 *
 * @param {number} x @param {number} y @param {number} series
 */
export function marker(x, y, series) {
  const style = series % STYLES;
  const attributes = { class: `series-${style} marker` };
  const paths = [
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "M-3.6-3.6h7.2v7.2h-7.2z",
    "M0-4.8L4.6 3.6H-4.6z",
    "M0-5L5 0L0 5L-5 0z",
  ];
  return shape("path", { ...attributes, d: paths[style], transform: `translate(${x} ${y})` });
}

/**
 * The lines of a legend: a piece of each series, its name and how many statements stand behind it.
 *
 * @param {{name: string, n: number}[]} series @param {boolean} points
 */
export function seriesLegend(series, points) {
  return series.map(({ name, n }, index) => {
    const line = shape("line", { x1: 1, x2: 27, y1: 7, y2: 7, class: `series-${index % STYLES} curve` });
    return {
      swatch: shape(
        "svg",
        { width: 28, height: 14, "aria-hidden": "true" },
        line,
        ...(points ? [marker(14, 7, index)] : []),
      ),
      text: words("series", { NAME: name, COUNT: counted(n) }),
    };
  });
}
