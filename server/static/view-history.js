// Counts over time by label, and how the scores lie beside those of the training.

import { get } from "./api.js";
import { drawDays } from "./chart-days.js";
import { drawScores } from "./chart-scores.js";
import { drawIn, legendEntry } from "./drawing.js";
import { showDrift } from "./drift-panel.js";
import { byId, element } from "./elements.js";
import { counted, lastDays, shortDay } from "./numbers.js";
import { showShadow } from "./shadow-panel.js";
import { showStatus } from "./status.js";
import { LABELS } from "./vocabulary.js";
import { words } from "./words.js";

/** @param {AbortSignal} signal */
export async function showHistory(signal) {
  const statistics = /** @type {Statistics} */ (await get("/api/v1/statistics", signal));
  byId("days-legend").replaceChildren(...LABELS.map(legendEntry));
  const range = byId("range");
  /** @type {AbortController | undefined} */
  let whileRange;
  const show = () => {
    whileRange?.abort();
    whileRange = new AbortController();
    showRange(statistics, chosenDays(range), AbortSignal.any([signal, whileRange.signal]));
  };
  range.addEventListener("change", show, { signal });
  show();
  showDrift(statistics.drift);
  showShadow(statistics.shadow);
}

/** @param {HTMLElement} range */
function chosenDays(range) {
  const chosen = /** @type {HTMLInputElement} */ (range.querySelector("input:checked"));
  return Number(chosen.value);
}

/** @param {Statistics} statistics @param {number} count @param {AbortSignal} signal */
function showRange({ days, reference }, count, signal) {
  const known = new Map(days.map((day) => [day.day, day]));
  const shown = lastDays(count).map((day) => known.get(day) ?? { day, labels: {}, scores: [] });
  const total = shown.reduce((sum, day) => sum + totalOf(day), 0);
  const key = total === 0 ? "days_none" : total === 1 ? "days_summary_one" : "days_summary";
  showStatus(byId("history-status"), words(key, { COUNT: counted(total), DAYS: count }));
  drawIn(byId("days-chart"), (width) => drawDays(shown, width), signal);
  fillTable(shown.filter((day) => totalOf(day) > 0));
  showScores(shown, reference?.scores ?? null, signal);
}

/** @param {Day} day */
const totalOf = (day) => Object.values(day.labels).reduce((sum, count) => sum + count, 0);

/** @param {Day[]} days @param {number[] | null} reference @param {AbortSignal} signal */
function showScores(days, reference, signal) {
  /** @type {number[]} */
  const scores = [];
  for (const day of days) {
    day.scores.forEach((count, bin) => (scores[bin] = (scores[bin] ?? 0) + count));
  }
  const isJudged = scores.some((count) => count > 0);
  const key = !isJudged ? "scores_none" : reference ? "scores_compared" : "scores_alone";
  byId("scores-words").textContent = words(key);
  byId("scores-chart").replaceChildren();
  if (isJudged) {
    drawIn(byId("scores-chart"), (width) => drawScores(scores, reference, width), signal);
  }
}

/** @param {Day[]} days */
function fillTable(days) {
  const heads = [words("day"), ...LABELS.map((label) => words(`label_${label}`))];
  byId("days-table").replaceChildren(
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...heads.map((head, index) => element("th", { scope: "col", class: index ? "number" : "" }, head)),
      ),
    ),
    element(
      "tbody",
      {},
      ...days
        .toReversed()
        .map(({ day, labels }) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, shortDay(day)),
            ...LABELS.map((label) => element("td", { class: "number" }, counted(labels[label] ?? 0))),
          ),
        ),
    ),
  );
}
