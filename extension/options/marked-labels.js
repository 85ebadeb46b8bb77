// Which labels are marked in pages.

import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/vocabulary.js";
import "../shared/translations.js";
import { byId } from "../shared/extension-page.js";
import { save } from "./save.js";

const PAINTABLE = vocabulary.LABELS.filter((label) => label !== "no-claim" && label !== "unsure");
const paintUnsure = /** @type {HTMLInputElement} */ (byId("paint-unsure"));

/** @type {Map<string, HTMLInputElement>} */
const boxes = new Map(
  PAINTABLE.map((label) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.dataset.paint = label;
    box.addEventListener("change", () =>
      save({ hiddenLabels: PAINTABLE.filter((one) => boxes.get(one)?.checked === false) }),
    );
    return [label, box];
  }),
);

byId("painted-labels").append(
  ...[...boxes].map(([label, box]) => {
    const name = document.createElement("span");
    name.className = "label";
    name.dataset.label = label;
    name.textContent = words(`label_${label}`);
    const choice = document.createElement("label");
    choice.className = "choice";
    choice.append(box, name);
    return choice;
  }),
);

paintUnsure.addEventListener("change", () => save({ paintUnsure: paintUnsure.checked }));

/** @param {Settings} current */
export function showPainting(current) {
  paintUnsure.checked = current.paintUnsure;
  boxes.forEach((box, label) => {
    box.checked = !current.hiddenLabels.includes(label);
  });
}
