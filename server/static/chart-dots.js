import { shape } from "./elements.js";
import { counted, figure, percent } from "./numbers.js";
import { words } from "./words.js";

const ROW = 24;
const MARGIN = { right: 14, top: 6, bottom: 44 };
const WIDEST_LABEL = 260;
const LETTER = 6.6; // about as wide as a letter of 12 px
const STEPS = 4;

/** Figures below each other on one axis. @param {DotsChart} chart @param {number} width */
export function drawDots({ title, x_label: xLabel, reference, dots }, width) {
  const labels = dots.map(({ label, n }) => words("series", { NAME: label, COUNT: counted(n) }));
  const longest = Math.max(...labels.map((label) => label.length)) * LETTER;
  const left = Math.min(longest, WIDEST_LABEL, width / 2) + 10;
  const height = MARGIN.top + dots.length * ROW + MARGIN.bottom;
  const bottom = height - MARGIN.bottom;
  const [from, to] = ends(dots, reference);
  /** @param {number} value */
  const xOf = (value) => left + ((value - from) / (to - from)) * (width - MARGIN.right - left);
  const drawing = shape("svg", { height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  for (let step = 0; step <= STEPS; step++) {
    const value = from + ((to - from) * step) / STEPS;
    drawing.append(
      shape("line", { x1: xOf(value), x2: xOf(value), y1: MARGIN.top, y2: bottom, class: "axis" }),
      shape("text", { x: xOf(value), y: bottom + 16, "text-anchor": "middle" }, tick(value, to)),
    );
  }
  if (reference !== null) {
    drawing.append(shape("line", { x1: xOf(reference), x2: xOf(reference), y1: 0, y2: bottom, class: "no-skill" }));
  }
  dots.forEach(({ figure: { value, low, high } }, index) => {
    const y = MARGIN.top + (index + 0.5) * ROW;
    const text = words("dot_point", { NAME: labels[index], VALUE: figure(value), LOW: figure(low), HIGH: figure(high) });
    drawing.append(
      shape("text", { x: left - 8, y: y + 4, "text-anchor": "end" }, shortened(labels[index], left - 10)),
      shape("line", { x1: xOf(low), x2: xOf(high), y1: y, y2: y, class: "whisker" }),
      shape("circle", { cx: xOf(value), cy: y, r: 4.5, class: "point" }),
      shape("rect", { x: 0, width, y: y - ROW / 2, height: ROW, class: "hover-area" }, shape("title", {}, text)),
    );
  });
  drawing.append(
    shape("text", { x: xOf((from + to) / 2), y: height - 6, "text-anchor": "middle", class: "axis-label" }, xLabel),
  );
  return drawing;
}

/** The round ends of an axis that holds all figures. @param {DotsChart["dots"]} dots @param {number | null} reference */
function ends(dots, reference) {
  const values = dots.flatMap(({ figure: { low, high } }) => [low, high]);
  values.push(...(reference === null ? [0] : [reference]));
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const step = [0.004, 0.02, 0.04, 0.1, 0.2, 0.4, 1, 2, 4].find((size) => size * 2 >= highest - lowest) ?? 10;
  const to = Math.ceil(highest / step) * step;
  return [Math.floor(lowest / step) * step, highest <= 1 ? Math.min(1, to) : to]; // shares have an end
}

/** @param {number} value @param {number} largest */
const tick = (value, largest) =>
  largest <= 0.1 ? words("share", { SHARE: percent(value) }) : String(Number(value.toFixed(3)));

/** @param {string} label @param {number} room */
function shortened(label, room) {
  const letters = Math.floor(room / LETTER);
  return label.length <= letters ? label : words("shortened", { TEXT: label.slice(0, letters - 1) });
}
