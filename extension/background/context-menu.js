// The entry of the context menu.

import "../shared/browser.js";
import "../shared/translations.js";
import { askFrame } from "../shared/content-scripts.js";
import { reportIfClosed } from "./badge.js";

const ENTRY = "check-selection";

export function createMenu() {
  // an update of the extension finds the entry of the version before
  webext.contextMenus.removeAll(() =>
    webext.contextMenus.create({ id: ENTRY, title: words("menu_check_selection"), contexts: ["selection"] }),
  );
}

/** @param {MenuClick} info @param {BrowserTab} [tab] */
export async function onMenuClicked(info, tab) {
  const tabId = tab?.id;
  if (tabId !== undefined) {
    await reportIfClosed(tabId, (onDoubt) => askFrame(tabId, info.frameId ?? 0, { type: "check-selection" }, onDoubt));
  }
}
