// The model card with its plots.

import { get } from "./api.js";
import { drawBounds, ZONES } from "./chart-model.js";
import { drawIn, legendEntry } from "./drawing.js";
import { byId, element } from "./elements.js";
import { measurePanels } from "./model-measures.js";
import { counted, percent } from "./numbers.js";
import { words } from "./words.js";

/** @param {AbortSignal} signal */
export async function showModel(signal) {
  const card = /** @type {ModelCard} */ (await get("/api/v1/model", signal));
  const { trained_on: data, abstention } = card;
  // A threshold for which no bound could be proven is null: that label is never given.
  const low = abstention.likely_false_below ?? 0;
  const high = abstention.likely_true_above ?? 1;
  const [FROM, TO] = data.years;
  byId("model-version").textContent = card.version;
  byId("model-task").textContent = card.task;
  byId("model-mapping").textContent = card.mapping;
  byId("model-trained-on").textContent = words("trained_on", {
    STATEMENTS: counted(data.statements),
    FROM,
    TO,
    SENTENCES: counted(data.claim_sentences),
    LEFT_OUT: data.left_out,
  });
  byId("model-limits").replaceChildren(...card.limits.map((limit) => element("li", {}, limit)));
  byId("model-bounds").textContent = words("bound", {
    LOW: low.toFixed(2),
    HIGH: high.toFixed(2),
    ERROR: percent(abstention.error_bound),
    CONFIDENCE: percent(abstention.confidence),
  });
  byId("model-no-charts").hidden = Boolean(card.charts?.length);
  byId("model-measures").replaceChildren(...measurePanels(card, signal));
  byId("bounds-legend").replaceChildren(...ZONES.map(legendEntry));
  byId("model-card").hidden = false;
  drawIn(byId("bounds-chart"), (width) => drawBounds(low, high, width), signal);
}
