import "../shared/translations.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/auto-scan.js";
import { byId } from "../shared/by-id.js";

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
