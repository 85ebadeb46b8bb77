// The state of the server and its checkpoint.

import { get } from "./api.js";
import { byId } from "./elements.js";

/** @param {AbortSignal} signal */
export async function showServer(signal) {
  byId("server-address").textContent = location.origin;
  const { version, model } = /** @type {Health} */ (await get("/api/v1/health", signal));
  byId("server-version").textContent = version;
  byId("server-model").textContent = model;
}
