import "../shared/messages.js";
import { byId } from "../shared/by-id.js";

/** Show the button that hides the marks of a tab, and handle it. @param {number} tabId @param {boolean} areHidden */
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
