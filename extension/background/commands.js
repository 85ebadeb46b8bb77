// The keyboard shortcuts.

import "../shared/settings.js";
import { tellFrame } from "../shared/content-scripts.js";

/** @type {Record<string, (tabId: number) => Promise<unknown>>} */
const COMMANDS = {
  "check-selection": (tabId) => tellFrame(tabId, 0, { type: "check-selection" }),
  "next-finding": (tabId) => tellFrame(tabId, 0, { type: "step", direction: 1 }),
  "previous-finding": (tabId) => tellFrame(tabId, 0, { type: "step", direction: -1 }),
  "toggle-site": toggleSite,
};

/** @param {string} command @param {BrowserTab} [tab] */
export async function onCommand(command, tab) {
  if (tab?.id === undefined) {
    return;
  }
  try {
    await COMMANDS[command](tab.id);
  } catch {
    // pages of the browser itself let no extension in; the popup says so
  }
}

/** @param {number} tabId */
async function toggleSite(tabId) {
  const { hostname } = await tellFrame(tabId, 0, { type: "site" });
  const { autoScanSites } = await settings.read();
  await settings.setAutoScan(hostname, !autoScanSites.includes(hostname));
}
