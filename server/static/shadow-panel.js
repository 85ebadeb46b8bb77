// How far the shadow deployment agrees with the checkpoint whose verdicts are shown.

import { byId, element } from "./elements.js";
import { counted, figure, percent } from "./numbers.js";
import { rowOf } from "./rows.js";
import { LABELS } from "./vocabulary.js";
import { words } from "./words.js";

/** @param {ShadowAgreement | null} shadow */
export function showShadow(shadow) {
  byId("shadow-panel").hidden = shadow === null;
  if (!shadow) {
    return;
  }
  const { champion, statements, agreeing, mean_difference: difference, since_start: tally } = shadow;
  const names = { CHAMPION: champion, SHADOW: shadow.shadow };
  byId("shadow-words").textContent = statements
    ? words("shadow_agreement", {
        ...names,
        COUNT: counted(statements),
        SHARE: percent(agreeing / statements),
        DIFFERENCE: difference === null ? words("no_value") : figure(difference),
      })
    : words("shadow_nothing", names);
  byId("shadow-cost").textContent = words("shadow_cost", {
    CHAMPION_MS: milliseconds(tally.champion_seconds, tally.statements),
    SHADOW_MS: milliseconds(tally.shadow_seconds, tally.statements),
    DROPPED: counted(tally.dropped),
    FAILED: counted(tally.failed),
    UNALIGNED: counted(tally.unaligned),
  });
  fillTable(shadow);
}

/** @param {ShadowAgreement} shadow */
function fillTable({ labels }) {
  const given = LABELS.filter((label) => labels.some((pair) => pair.champion === label || pair.shadow === label));
  const columns = ["", ...given];
  const heads = [words("shadow_corner"), ...given.map((label) => words(`label_${label}`))];
  const rows = given.map((mine) => {
    const counts = given.map(
      (theirs) => labels.find((pair) => pair.champion === mine && pair.shadow === theirs)?.count ?? 0,
    );
    return rowOf("td", [words(`label_${mine}`), ...counts.map(counted)], columns, given);
  });
  byId("shadow-table").replaceChildren(
    element("thead", {}, ...(given.length ? [rowOf("th", heads, columns, given)] : [])),
    element("tbody", {}, ...rows),
  );
}

/** @param {number} seconds @param {number} statements */
const milliseconds = (seconds, statements) =>
  statements ? ((1000 * seconds) / statements).toFixed(1) : words("no_value");
