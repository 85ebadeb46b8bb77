import "../shared/words.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import { byId } from "../shared/by-id.js";

/** Show and work the switch for auto-scan on a site. @param {string} hostname */
export async function showSwitch(hostname) {
  const autoScan = byId("auto-scan");
  /** @param {Settings} current */
  const show = (current) => autoScan.setAttribute("aria-checked", String(settings.isAutoScanned(current, hostname)));

  byId("auto-scan-words").textContent = words("popup_auto_scan");
  byId("site").textContent = hostname;
  show(await settings.read());
  autoScan.removeAttribute("disabled");
  autoScan.addEventListener("click", () =>
    settings.setAutoScan(hostname, autoScan.getAttribute("aria-checked") !== "true"),
  );
  settings.watch(show, new AbortController().signal);
}
