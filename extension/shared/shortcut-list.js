import "./browser.js";
import "./translations.js";
import { byId } from "./by-id.js";

/** List the shortcuts as this browser has them now, and say what to do about those that are not assigned. */
export async function showShortcuts() {
  const commands = (await webext.commands.getAll()).filter(({ description }) => description);
  byId("shortcuts").replaceChildren(...commands.map(pair));
  const areAllAssigned = commands.every(({ shortcut }) => shortcut);
  byId("shortcuts-hint").textContent = areAllAssigned ? "" : words("shortcuts_unassigned");
}

/** @param {chrome.commands.Command} command */
function pair({ name: id = "", description = "", shortcut = "" }) {
  const name = document.createElement("dt");
  name.textContent = description;
  const keys = document.createElement("dd");
  keys.textContent = shortcut || words("shortcut_none");
  const made = document.createElement("div");
  made.dataset.command = id;
  made.append(name, keys);
  return made;
}
