// The server's address, token and timeout. A server on this machine is used at once; any other needs the browser's
// permission for its origin.

import "../shared/browser.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/translations.js";
import { byId } from "../shared/extension-page.js";
import { save, showError } from "./save.js";

const serverAddress = /** @type {HTMLInputElement} */ (byId("server-address"));
const token = /** @type {HTMLInputElement} */ (byId("token"));
const timeout = /** @type {HTMLInputElement} */ (byId("timeout"));

/** The address that waits for the reader's permission. */
let wanted = "";

/** @param {Settings} current */
export function showServerSettings(current) {
  if (wanted === "") {
    serverAddress.value = current.serverAddress;
  }
  token.value = current.token;
  timeout.value = String(current.timeoutSeconds);
}

/** @param {string} address   empty to ask for nothing */
function askFor(address) {
  wanted = address;
  byId("permission").hidden = address === "";
  byId("permission-words").textContent = address && words("options_permission", address);
}

serverAddress.addEventListener("change", async () => {
  const address = addresses.origin(serverAddress.value.trim());
  showError(serverAddress, address ? "" : words("options_server_refused"));
  if (address && addresses.isLoopback(address)) {
    askFor("");
    await save({ serverAddress: address });
  } else {
    askFor(address ?? "");
  }
});

byId("permission-allow").addEventListener("click", async () => {
  // browsers ask only while the click is handled, so nothing may be awaited before
  const isAllowed = await webext.permissions.request(addresses.permissionFor(wanted));
  if (isAllowed) {
    await save({ serverAddress: wanted, allowedServer: wanted });
    askFor("");
  } else {
    showError(serverAddress, words("options_permission_refused"));
  }
});

byId("permission-cancel").addEventListener("click", async () => {
  askFor("");
  showServerSettings(await settings.read());
});

token.addEventListener("change", () => save({ token: token.value.trim() }));

timeout.addEventListener("change", async () => {
  const isValid = timeout.value !== "" && timeout.validity.valid;
  showError(timeout, isValid ? "" : words("options_timeout_refused"));
  if (isValid) {
    await save({ timeoutSeconds: timeout.valueAsNumber });
  }
});
