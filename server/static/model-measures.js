// The figures of a model card, part by part.

import { drawInterval } from "./chart-model.js";
import { element } from "./elements.js";
import { counted, figure, percent } from "./numbers.js";
import { chartFigure, scrolling } from "./model-charts.js";
import { words } from "./words.js";

/** So many rows are read at a glance; more are shown on request. */
const FEW = 12;

/**
 * One panel a part of the card: its plots, then its figures.
 *
 * @param {ModelCard} card @param {AbortSignal} signal
 */
export function measurePanels({ measures, charts = [] }, signal) {
  const named = [...measures, ...charts].map(({ section }) => section ?? "");
  return [...new Set(named)].map((section) =>
    panel(
      section || words("measures_heading"),
      charts.filter((chart) => (chart.section ?? "") === section),
      measures.filter((measure) => (measure.section ?? "") === section),
      signal,
    ),
  );
}

/** @param {string} heading @param {Chart[]} charts @param {Measure[]} measures @param {AbortSignal} signal */
function panel(heading, charts, measures, signal) {
  const figures = element("div", { class: "figures" }, ...charts.map((chart) => chartFigure(chart, signal)));
  return element(
    "section",
    { class: "panel", "aria-label": heading },
    element("h2", {}, heading),
    ...(charts.length > 0 ? [figures] : []),
    ...measureTable(heading, measures),
  );
}

/** @param {string} heading @param {Measure[]} measures */
function measureTable(heading, measures) {
  if (measures.length === 0) {
    return [];
  }
  const heads = ["measure", "figure", "plot", "base_rate", "baseline", "n"].map((name) =>
    element("th", { scope: "col", "data-column": name }, words(`measures_${name}`)),
  );
  const table = element(
    "table",
    { class: "measures" },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...measures.map(measureRow)),
  );
  const scrolls = scrolling(heading, table);
  return measures.length <= FEW
    ? [scrolls]
    : [element("details", {}, element("summary", {}, words("measures_all", { COUNT: measures.length })), scrolls)];
}

/** @param {Measure} measure */
function measureRow({ measure, where, n, base_rate: baseRate, figure: measured, baseline }) {
  const cells = {
    measure: [measure, element("span", { class: "where" }, where)],
    ...figureCells(measured),
    base_rate: [baseRate === null ? words("no_value") : words("share", { SHARE: percent(baseRate) })],
    baseline: [baseline],
    n: [counted(n)],
  };
  return element(
    "tr",
    {},
    ...Object.entries(cells).map(([column, content]) => element("td", { "data-column": column }, ...content)),
  );
}

/** @param {Measure["figure"]} measured @returns {{figure: (Node | string)[], plot: Node[]}} */
function figureCells(measured) {
  if (measured === null) {
    return { figure: [words("no_value")], plot: [] };
  }
  const { value, low, high } =
    typeof measured === "number" ? { value: measured, low: measured, high: measured } : measured;
  const interval = words("figure_interval", { LOW: figure(low), HIGH: figure(high) });
  const isShare = low >= 0 && high <= 1; // differences have no place on a scale from 0 to 1
  return {
    figure: [figure(value), ...(low < high ? [element("span", { class: "where" }, interval)] : [])],
    plot: isShare ? [drawInterval(value, low, high)] : [],
  };
}
