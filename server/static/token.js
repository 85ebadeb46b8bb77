// The access token of a server that several machines share. It stays in this tab, and never gets into an address.

import { element } from "./elements.js";
import { words } from "./words.js";

const KEY = "plumbline-token";

/** The question that is open, so that several requests which are refused at once ask the reader once. @type {Promise<boolean> | null} */
let asking = null;

/** The header that carries the token, where there is one. @returns {Record<string, string>} */
export function authorization() {
  const token = sessionStorage.getItem(KEY);
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/** Ask the reader for the token; whether one was given. */
export async function askForToken() {
  asking ??= askOnce().finally(() => (asking = null));
  return asking;
}

async function askOnce() {
  const field = element("input", { type: "password", autocomplete: "off", id: "token", required: "" });
  const cancel = element("button", { type: "button" }, words("token_cancel"));
  const dialog = element(
    "dialog",
    { "aria-labelledby": "token-question" },
    element(
      "form",
      { method: "dialog" },
      element("h2", { id: "token-question" }, words("token_question")),
      element("p", {}, words("token_hint")),
      element("label", { for: "token" }, words("token_label")),
      field,
      element(
        "div",
        { class: "row" },
        element("button", { value: "use", class: "primary" }, words("token_use")),
        cancel,
      ),
    ),
  );
  cancel.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  dialog.remove();
  const isGiven = dialog.returnValue === "use";
  if (isGiven) {
    sessionStorage.setItem(KEY, field.value.trim());
  }
  return isGiven;
}
