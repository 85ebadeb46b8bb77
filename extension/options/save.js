import "../shared/translations.js";
import { byId } from "../shared/extension-page.js";

/** @param {Partial<Settings>} changes */
export async function save(changes) {
  await settings.update(changes);
  say("options_saved");
}

/** Say that something is done. @param {string} key */
export function say(key) {
  byId("saved").textContent = words(key);
}

/** @param {HTMLInputElement} input @param {string} error   empty if there is none */
export function showError(input, error) {
  input.setAttribute("aria-invalid", String(error !== ""));
  byId(`${input.id}-error`).textContent = error;
  byId("saved").textContent = "";
}
