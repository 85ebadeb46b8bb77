// The options, saved as soon as they are changed.

import "../shared/settings.js";
import { byId } from "../shared/by-id.js";
import { localise } from "../shared/localise.js";
import { showSites } from "./sites.js";

const serverAddress = /** @type {HTMLInputElement} */ (byId("server-address"));
const timeout = /** @type {HTMLInputElement} */ (byId("timeout"));
const paintUnsure = /** @type {HTMLInputElement} */ (byId("paint-unsure"));

/** @param {Settings} current */
function show(current) {
  serverAddress.value = current.serverAddress;
  timeout.value = String(current.timeoutSeconds);
  paintUnsure.checked = current.paintUnsure;
  showSites(current.autoScanSites);
}

/** @param {Partial<Settings>} changes */
async function save(changes) {
  await settings.update(changes);
  byId("saved").textContent = words("options_saved");
}

/** @param {HTMLInputElement} input @param {string} error   empty if there is none */
function showError(input, error) {
  input.setAttribute("aria-invalid", String(error !== ""));
  byId(`${input.id}-error`).textContent = error;
  byId("saved").textContent = "";
}

localise(document);
show(await settings.read());
settings.watch(show, new AbortController().signal);

serverAddress.addEventListener("change", async () => {
  const address = settings.loopbackAddress(serverAddress.value.trim());
  showError(serverAddress, address ? "" : words("options_server_refused"));
  if (address) {
    await save({ serverAddress: address });
  }
});

timeout.addEventListener("change", async () => {
  const isValid = timeout.value !== "" && timeout.validity.valid;
  showError(timeout, isValid ? "" : words("options_timeout_refused"));
  if (isValid) {
    await save({ timeoutSeconds: timeout.valueAsNumber });
  }
});

paintUnsure.addEventListener("change", () => save({ paintUnsure: paintUnsure.checked }));
