import { element } from "./elements.js";
import { counted, percent } from "./numbers.js";
import { words } from "./words.js";

const SHADES = 10;

/**
 * Of each class (row), the share that was called each (column): a table, shaded.
 *
 * @param {ConfusionChart} chart
 */
export function confusionTable({ title, labels, counts, shares }) {
  const total = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  return element(
    "table",
    { class: "confusion", "aria-label": title },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, words("confusion_corner")),
        ...labels.map((label) => element("th", { scope: "col", class: "number" }, label)),
      ),
    ),
    element(
      "tbody",
      {},
      ...labels.map((label, row) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, words("series", { NAME: label, COUNT: counted(total[row]) })),
          ...shares[row].map(shareCell),
        ),
      ),
    ),
  );
}

/** @param {Figure} figure */
function shareCell({ value, low, high }) {
  const interval = words("figure_interval", { LOW: percent(low), HIGH: percent(high) });
  return element(
    "td",
    { class: "number", "data-shade": String(Math.round(value * SHADES)) },
    words("share", { SHARE: percent(value) }),
    element("span", { class: "where" }, interval),
  );
}
