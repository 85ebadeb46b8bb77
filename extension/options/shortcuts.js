// Leads to where the browser lets the shortcuts be changed.

import "../shared/browser.js";
import { byId } from "../shared/by-id.js";
import { showShortcuts } from "../shared/shortcut-list.js";

const CHROME_PAGE = "chrome://extensions/shortcuts";

byId("change-shortcuts").addEventListener("click", async () => {
  // Firefox alone has a call for it, Chrome alone a page that may be opened
  if (webext.commands.openShortcutSettings) {
    await webext.commands.openShortcutSettings();
  } else {
    await webext.tabs.create({ url: CHROME_PAGE });
  }
});

// the reader may come back from there with a change
document.addEventListener("visibilitychange", () => document.hidden || showShortcuts());
