// Whether what is read here still looks like what the model was measured on, trait by trait.

import { byId, element } from "./elements.js";
import { counted, figure } from "./numbers.js";
import { rowOf } from "./rows.js";
import { words } from "./words.js";

const COLUMNS = ["trait", "state", "statements", "psi", "bound", "ks", "advice"];
const NUMBERS = ["statements", "psi", "bound", "ks"];

/** @param {Drift | null} drift */
export function showDrift(drift) {
  byId("drift").textContent = drift ? drift.advice : words("drift_no_reference");
  byId("drift").dataset.state = drift?.state ?? "unknown";
  byId("drift-words").textContent = drift
    ? words("drift_compared", {
        MODEL: drift.model,
        DAYS: drift.days,
        COUNT: counted(drift.statements),
        REFERENCE: drift.reference,
      })
    : "";
  const traits = drift?.traits ?? [];
  byId("drift-traits").hidden = traits.length === 0;
  const heads = COLUMNS.map((column) => words(`drift_${column}`));
  byId("drift-table").replaceChildren(
    element("thead", {}, rowOf("th", heads, COLUMNS, NUMBERS)),
    element("tbody", {}, ...traits.map(traitRow)),
  );
}

/** @param {TraitDrift} trait */
function traitRow({ trait, state, statements, psi, drifted_from: bound, ks, ks_critical: critical, advice }) {
  const cells = [
    words(`trait_${trait}`),
    words(`state_${state}`),
    counted(statements),
    psi === null ? words("no_value") : figure(psi),
    figure(bound),
    ks === null || critical === null
      ? words("no_value")
      : words("drift_ks_of", { KS: figure(ks), CRITICAL: figure(critical) }),
    advice,
  ];
  const row = rowOf("td", cells, COLUMNS, NUMBERS);
  row.dataset.state = state;
  return row;
}
