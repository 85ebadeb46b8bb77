// The keyboard shortcuts.

import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/auto-scan.js";
import "../shared/messages.js";
import { tellFrame } from "../shared/content-scripts.js";
import { sayIfClosed } from "./badge.js";

/** @typedef {(message: Message) => Promise<any>} Tell   tells the page in the tab */

/** @type {Record<string, (tell: Tell, tabId: number) => Promise<unknown>>} */
const COMMANDS = {
  "check-selection": (tell) => tell({ type: "check-selection" }),
  "next-finding": (tell) => tell({ type: "step", direction: 1 }),
  "previous-finding": (tell) => tell({ type: "step", direction: -1 }),
  "toggle-site": toggleSite,
  "hide-marks": toggleMarks,
};

/**
 * Chrome lets a manifest suggest four shortcuts only; Firefox takes a fifth from here.
 *
 * All of them keep clear of what browsers use themselves, Chrome nearly half of the letters with Alt and Shift
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
    await sayIfClosed(tabId, (onDoubt) => COMMANDS[command]((message) => tellFrame(tabId, 0, message, onDoubt), tabId));
  }
}

/** @param {Tell} tell */
async function toggleSite(tell) {
  const { hostname } = await tell({ type: "site" });
  const current = await settings.read();
  await settings.setAutoScan(hostname, !autoScan.isOn(current, hostname));
}

/** @param {Tell} tell @param {number} tabId */
async function toggleMarks(tell, tabId) {
  const { marksAreHidden } = await tell({ type: "site" });
  await messages.askTab(tabId, { type: "marks", hidden: !marksAreHidden });
}
