// What the reader sets for the page in the active tab: whether its site is scanned, and whether its marks are shown.

import "../shared/translations.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/auto-scan.js";
import "../shared/messages.js";
import { byId } from "../shared/extension-page.js";

/** Show the switch for auto-scan on a site, and handle it. @param {string} hostname */
export async function showSwitch(hostname) {
  const autoScanSwitch = byId("auto-scan");
  /** @param {Settings} current */
  const show = (current) => {
    autoScanSwitch.setAttribute("aria-checked", String(autoScan.isOn(current, hostname)));
    autoScanSwitch.dispatchEvent(new Event("turned"));
  };

  byId("auto-scan-words").textContent = words("popup_auto_scan");
  byId("site").textContent = hostname;
  show(await settings.read());
  autoScanSwitch.removeAttribute("disabled");
  autoScanSwitch.addEventListener("click", () =>
    settings.setAutoScan(hostname, autoScanSwitch.getAttribute("aria-checked") !== "true"),
  );
  settings.watch(show, new AbortController().signal);
}

/** Show the button that hides the marks of a tab, and handle it. @param {number} tabId @param {boolean} areHidden */
export function showMarksButton(tabId, areHidden) {
  const button = byId("hide-marks");
  button.hidden = false;
  button.setAttribute("aria-pressed", String(areHidden));
  button.addEventListener("click", async () => {
    const hidden = button.getAttribute("aria-pressed") !== "true";
    await messages.askTab(tabId, { type: "hide-marks", hidden });
    button.setAttribute("aria-pressed", String(hidden));
  });
}
