import "../shared/messages.js";
import { byId } from "../shared/by-id.js";

/** Show and work the button that takes the marks of a tab from sight. @param {number} tabId @param {boolean} areHidden */
export function showMarksButton(tabId, areHidden) {
  const button = byId("hide-marks");
  button.hidden = false;
  button.setAttribute("aria-pressed", String(areHidden));
  button.addEventListener("click", async () => {
    const hidden = button.getAttribute("aria-pressed") !== "true";
    await messages.askTab(tabId, { type: "marks", hidden });
    button.setAttribute("aria-pressed", String(hidden));
  });
}
