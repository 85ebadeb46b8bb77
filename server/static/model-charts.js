// The plots of a model card: the numbers come with the checkpoint, the drawing is made here.

import { confusionTable } from "./chart-confusion.js";
import { drawCurves } from "./chart-curves.js";
import { drawDots } from "./chart-dots.js";
import { drawIn } from "./drawing.js";
import { element } from "./elements.js";
import { figure } from "./numbers.js";
import { seriesLegend } from "./plot.js";
import { words } from "./words.js";

/** A plot with its title, what it shows, and its legend. @param {Chart} chart @param {AbortSignal} signal */
export function chartFigure(chart, signal) {
  const caption = element(
    "figcaption",
    {},
    element("strong", {}, chart.title),
    element("p", { class: "hint" }, chart.note),
  );
  return element("figure", { "data-kind": chart.kind }, caption, ...contents(chart, signal));
}

/** @param {Chart} chart @param {AbortSignal} signal @returns {Node[]} */
function contents(chart, signal) {
  const box = element("div", { class: "chart" });
  switch (chart.kind) {
    case "curves":
      drawIn(box, (width) => drawCurves(chart, width), signal);
      return [box, legend(chart), ...(chart.points ? [pointsTable(chart)] : [])];
    case "dots":
      drawIn(box, (width) => drawDots(chart, width), signal);
      return [box];
    case "confusion":
      return [scrolling(chart.title, confusionTable(chart))];
    default: // of a newer checkpoint than this server
      return [element("p", {}, words("chart_unknown"))];
  }
}

/** @param {CurvesChart} chart */
function legend({ series, points }) {
  const entries = seriesLegend(series, points).map(({ swatch, text }) => element("li", {}, swatch, text));
  return element("ul", { class: "legend" }, ...entries);
}

/** What the points say, for those who cannot see them. @param {CurvesChart} chart */
function pointsTable({ title, x_label: xLabel, y_label: yLabel, series }) {
  const heads = [words("series_head"), xLabel, yLabel, words("interval_head")];
  const rows = series.flatMap(({ name, x, y, low, high }) =>
    x.map((at, index) => [
      name,
      figure(at),
      figure(y[index]),
      words("figure_interval", { LOW: figure(low[index]), HIGH: figure(high[index]) }),
    ]),
  );
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell))))),
  );
  return element("details", {}, element("summary", {}, words("same_as_table")), scrolling(title, table));
}

/** @param {string} name @param {Node} content */
export const scrolling = (name, content) =>
  element("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": name }, content);
