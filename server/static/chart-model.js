import { shape } from "./elements.js";
import { words } from "./words.js";

const ROW = { width: 160, height: 22 };
const BAND = { height: 54, thick: 34 };

/** What the model says, from the least probable to the most. */
export const ZONES = ["likely-false", "unsure", "likely-true"];

/** A figure with its interval on a scale from 0 to 1. @param {number} value @param {number} low @param {number} high */
export function drawInterval(value, low, high) {
  const middle = ROW.height / 2;
  /** @param {number} at */
  const xOf = (at) => 6 + Math.min(1, Math.max(0, at)) * (ROW.width - 12);
  return shape(
    "svg",
    { ...ROW, viewBox: `0 0 ${ROW.width} ${ROW.height}`, "aria-hidden": "true" },
    shape("line", { x1: xOf(0), x2: xOf(1), y1: middle, y2: middle, class: "axis" }),
    ...[0, 0.5, 1].map((at) =>
      shape("line", { x1: xOf(at), x2: xOf(at), y1: middle - 5, y2: middle + 5, class: "axis" }),
    ),
    shape("line", { x1: xOf(low), x2: xOf(high), y1: middle, y2: middle, class: "whisker" }),
    shape("circle", { cx: xOf(value), cy: middle, r: 4.5, class: "point" }),
  );
}

/**
 * Between which probabilities the model says what.
 *
 * @param {number} low the largest P(true) called likely false
 * @param {number} high the smallest P(true) called likely true
 * @param {number} width
 */
export function drawBounds(low, high, width) {
  const bounds = [0, low, high, 1];
  const attributes = { height: BAND.height, viewBox: `0 0 ${width} ${BAND.height}`, role: "img" };
  const drawing = shape("svg", { ...attributes, "aria-label": words("bounds_chart") });
  ZONES.forEach((label, index) => {
    const [from, to] = bounds.slice(index, index + 2);
    drawing.append(
      shape("rect", { x: from * width, width: (to - from) * width, height: BAND.thick, class: `fill-${label}` }),
    );
  });
  bounds.forEach((bound, index) => {
    const anchor = index === 0 ? "start" : index === bounds.length - 1 ? "end" : "middle";
    const place = { x: bound * width, y: BAND.height - 3, "text-anchor": anchor };
    drawing.append(shape("text", place, String(Number(bound.toFixed(2)))));
  });
  return drawing;
}
