import { shape } from "./elements.js";
import { percent } from "./numbers.js";
import { words } from "./words.js";

const HEIGHT = 200;
const MARGIN = { left: 44, top: 10, bottom: 26 };
const TOPS = [0.1, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * How the scores of what was checked lie (bars), beside those of the training (line), both as shares.
 *
 * @param {number[]} scores
 * @param {number[] | null} reference
 * @param {number} width
 */
export function drawScores(scores, reference, width) {
  const checked = shares(scores);
  const trained = reference && shares(reference);
  const largest = Math.max(...checked, ...(trained ?? []));
  const top = TOPS.find((share) => share >= largest) ?? 1;
  const plot = HEIGHT - MARGIN.top - MARGIN.bottom;
  const step = (width - MARGIN.left) / checked.length;
  /** @param {number} share */
  const yOf = (share) => MARGIN.top + plot * (1 - share / top);
  /** @param {number} bin */
  const xOf = (bin) => MARGIN.left + bin * step;
  const drawing = shape("svg", {
    height: HEIGHT,
    viewBox: `0 0 ${width} ${HEIGHT}`,
    role: "img",
    "aria-label": words("scores_chart"),
  });
  for (const share of [0, top / 2, top]) {
    drawing.append(
      shape("line", { x1: MARGIN.left, x2: width, y1: yOf(share), y2: yOf(share), class: "axis" }),
      shape(
        "text",
        { x: MARGIN.left - 8, y: yOf(share) + 4, "text-anchor": "end" },
        words("share", { SHARE: percent(share) }),
      ),
    );
  }
  checked.forEach((share, bin) => {
    const bar = {
      x: xOf(bin) + 1,
      width: Math.max(1, step - 2),
      y: yOf(share),
      height: yOf(0) - yOf(share),
      class: "score-bar",
    };
    drawing.append(shape("rect", bar));
  });
  if (trained) {
    const steps = trained.map((share, bin) => `H${xOf(bin)}V${yOf(share)}H${xOf(bin + 1)}`);
    drawing.append(shape("path", { d: `M${xOf(0)} ${yOf(0)}${steps.join("")}V${yOf(0)}`, class: "reference-line" }));
  }
  [0, 0.25, 0.5, 0.75, 1].forEach((score) => {
    const anchor = score === 1 ? "end" : score === 0 ? "start" : "middle";
    drawing.append(
      shape("text", { x: xOf(score * checked.length), y: HEIGHT - 8, "text-anchor": anchor }, String(score)),
    );
  });
  checked.forEach((share, bin) => {
    const parts = {
      FROM: bin / checked.length,
      TO: (bin + 1) / checked.length,
      SHARE: words("share", { SHARE: percent(share) }),
    };
    const text = trained
      ? words("scores_bar", { ...parts, REFERENCE: words("share", { SHARE: percent(trained[bin]) }) })
      : words("scores_bar_alone", parts);
    const area = { x: xOf(bin), width: step, y: MARGIN.top, height: plot, class: "hover-area" };
    drawing.append(shape("rect", area, shape("title", {}, text)));
  });
  return drawing;
}

/** @param {number[]} counts */
function shares(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}
