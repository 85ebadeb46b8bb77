// The sites with auto-scan: those listed, or all except those listed.

import "../shared/translations.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import { byId } from "../shared/extension-page.js";
import { save } from "./save.js";

const byDefault = /** @type {HTMLInputElement} */ (byId("auto-scan-by-default"));
const newSite = /** @type {HTMLInputElement} */ (byId("new-site"));

/** @param {Settings} current */
export function showSites({ autoScanByDefault, autoScanSites, autoScanExceptions }) {
  const sites = autoScanByDefault ? autoScanExceptions : autoScanSites;
  byDefault.checked = autoScanByDefault;
  byId("sites-heading").textContent = words(autoScanByDefault ? "options_sites_off" : "options_sites_on");
  byId("no-sites").textContent = words(autoScanByDefault ? "options_sites_off_none" : "options_sites_none");
  byId("no-sites").hidden = sites.length > 0;
  byId("sites").replaceChildren(...sites.map((site) => item(site, autoScanByDefault)));
}

/** @param {string} site @param {boolean} isException */
function item(site, isException) {
  const name = document.createElement("span");
  name.textContent = site;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button";
  remove.dataset.site = site;
  remove.textContent = words("options_remove_site", site);
  remove.addEventListener("click", () => settings.setAutoScan(site, isException));
  const entry = document.createElement("li");
  entry.append(name, remove);
  return entry;
}

/** The host of what a reader typed: a bare name, or a whole address. @param {string} text */
function hostOf(text) {
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  return url?.hostname ?? "";
}

byDefault.addEventListener("change", () => save({ autoScanByDefault: byDefault.checked }));

byId("add-site").addEventListener("submit", async (event) => {
  event.preventDefault();
  const site = hostOf(newSite.value.trim());
  if (site !== "") {
    await settings.setAutoScan(site, !byDefault.checked);
    newSite.value = "";
  }
});
