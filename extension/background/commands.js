// The keyboard shortcuts.

import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/every-page.js";
import "../shared/messages.js";
import { tellFrame } from "../shared/content-scripts.js";
import { showClosed } from "./badge.js";

/** @type {Record<string, (tabId: number) => Promise<unknown>>} */
const COMMANDS = {
  "check-selection": (tabId) => tellFrame(tabId, 0, { type: "check-selection" }),
  "next-finding": (tabId) => tellFrame(tabId, 0, { type: "step", direction: 1 }),
  "previous-finding": (tabId) => tellFrame(tabId, 0, { type: "step", direction: -1 }),
  "toggle-site": toggleSite,
  "hide-marks": toggleMarks,
};

/** Chrome lets a manifest suggest four shortcuts only; Firefox takes a fifth from here. */
export async function suggestShortcuts() {
  await webext.commands.update?.({ name: "hide-marks", shortcut: "Alt+Shift+H" });
}

/** @param {string} command @param {BrowserTab} [tab] */
export async function onCommand(command, tab) {
  if (tab?.id === undefined) {
    return;
  }
  try {
    await COMMANDS[command](tab.id);
  } catch {
    // pages of the browser itself let no extension in
    await showClosed(tab.id);
  }
}

/** @param {number} tabId */
async function toggleSite(tabId) {
  const { hostname } = await tellFrame(tabId, 0, { type: "site" });
  const current = await settings.read();
  await settings.setAutoScan(hostname, !autoScan.isOn(current, hostname));
}

/** @param {number} tabId */
async function toggleMarks(tabId) {
  const { marksAreHidden } = await tellFrame(tabId, 0, { type: "site" });
  await messages.askTab(tabId, { type: "marks", hidden: !marksAreHidden });
}
