import "../shared/words.js";
import "../shared/settings.js";
import { byId } from "../shared/by-id.js";

/** List the sites with auto-scan, each with a button that takes it out. @param {string[]} sites */
export function showSites(sites) {
  byId("no-sites").hidden = sites.length > 0;
  byId("sites").replaceChildren(...sites.map(item));
}

/** @param {string} site */
function item(site) {
  const name = document.createElement("span");
  name.textContent = site;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.dataset.site = site;
  remove.textContent = words("options_remove_site", site);
  remove.addEventListener("click", () => settings.setAutoScan(site, false));
  const entry = document.createElement("li");
  entry.append(name, remove);
  return entry;
}
