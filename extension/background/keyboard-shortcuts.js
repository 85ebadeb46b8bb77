// The keyboard shortcuts.

import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/auto-scan.js";
import "../shared/messages.js";
import { askFrame } from "../shared/content-scripts.js";
import { reportIfClosed } from "./badge.js";

/** @typedef {(message: Message) => Promise<any>} Ask   asks the page in the tab */

/** @type {Record<string, (ask: Ask, tabId: number) => Promise<unknown>>} */
const COMMANDS = {
  "check-selection": (ask) => ask({ type: "check-selection" }),
  "next-finding": (ask) => ask({ type: "step-to-finding", direction: 1 }),
  "previous-finding": (ask) => ask({ type: "step-to-finding", direction: -1 }),
  "toggle-site": toggleSite,
  "hide-marks": toggleMarks,
};

/**
 * Chrome lets a manifest suggest four shortcuts only; Firefox takes a fifth from here.
 *
 * They avoid the keys that browsers use themselves; Chrome uses nearly half of the letters with Alt and Shift
 * (chrome/browser/ui/accelerator_table.cc: A B C I N P R T W X Z). On macOS Option and Shift with a letter type a character,
 * and Control and Shift with some letters select text (A B E F N P V).
 */
export async function suggestShortcuts() {
  const { os } = await webext.runtime.getPlatformInfo();
  await webext.commands.update?.({ name: "hide-marks", shortcut: os === "mac" ? "MacCtrl+Shift+H" : "Alt+Shift+H" });
}

/** @param {string} command @param {BrowserTab} [tab] */
export async function onCommand(command, tab) {
  const tabId = tab?.id;
  if (tabId !== undefined) {
    await reportIfClosed(tabId, (onDoubt) => COMMANDS[command]((message) => askFrame(tabId, 0, message, onDoubt), tabId));
  }
}

/** @param {Ask} ask */
async function toggleSite(ask) {
  const { hostname } = await ask({ type: "page-state" });
  const current = await settings.read();
  await settings.setAutoScan(hostname, !autoScan.isOn(current, hostname));
}

/** @param {Ask} ask @param {number} tabId */
async function toggleMarks(ask, tabId) {
  const { marksAreHidden } = await ask({ type: "page-state" });
  await messages.askTab(tabId, { type: "hide-marks", hidden: !marksAreHidden });
}
