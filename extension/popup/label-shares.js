import "../shared/translations.js";
import { byId } from "../shared/by-id.js";

/**
 * Show each label's share of the judged statements.
 *
 * @param {{label: string, count: number}[]} counts
 * @param {number} checked   their sum
 */
export function showLabelShares(counts, checked) {
  byId("shares-bar").hidden = checked === 0;
  byId("shares-bar").replaceChildren(...counts.map(({ label, count }) => part(label, count)));
  byId("shares").replaceChildren(...counts.map(({ label, count }) => entry(label, count, checked)));
}

/** @param {string} label @param {number} count */
function part(label, count) {
  const made = document.createElement("span");
  made.dataset.label = label;
  made.style.flexGrow = String(count);
  return made;
}

/** @param {string} label @param {number} count @param {number} checked */
function entry(label, count, checked) {
  const made = document.createElement("li");
  made.dataset.label = label;
  made.textContent = words("popup_share", words(`label_${label}`), String(count), String(Math.round((100 * count) / checked)));
  return made;
}
