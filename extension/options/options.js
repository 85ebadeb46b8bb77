// The options, saved as soon as they are changed.

import "../shared/browser.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import { byId, localise, showRemoteNotice, showShortcuts } from "../shared/extension-page.js";
import { showJudge, showJudgeState } from "./language-model.js";
import { showPainting } from "./marked-labels.js";
import { showServerSettings } from "./server-settings.js";
import "./settings-file.js";
import { showSites } from "./sites.js";
import { save } from "./save.js";

const CHROME_SHORTCUTS = "chrome://extensions/shortcuts";

const askFirst = /** @type {HTMLInputElement} */ (byId("ask-first"));
const printMarks = /** @type {HTMLInputElement} */ (byId("print-marks"));
const offerExplorer = /** @type {HTMLInputElement} */ (byId("offer-explorer"));

/** @param {Settings} current */
function show(current) {
  showRemoteNotice(current);
  showServerSettings(current);
  askFirst.checked = current.askFirst;
  printMarks.checked = current.printMarks;
  offerExplorer.checked = current.offerExplorer;
  showJudge(current);
  showPainting(current);
  showSites(current);
}

localise(document);
show(await settings.read());
settings.watch(show, new AbortController().signal);
askFirst.addEventListener("change", () => save({ askFirst: askFirst.checked }));
printMarks.addEventListener("change", () => save({ printMarks: printMarks.checked }));
offerExplorer.addEventListener("change", () => save({ offerExplorer: offerExplorer.checked }));
void showJudgeState();
await showShortcuts();

byId("change-shortcuts").addEventListener("click", async () => {
  // Firefox alone has a call for it, Chrome alone a page that may be opened
  if (webext.commands.openShortcutSettings) {
    await webext.commands.openShortcutSettings();
  } else {
    await webext.tabs.create({ url: CHROME_SHORTCUTS });
  }
});

// the reader may come back from there with a change
document.addEventListener("visibilitychange", () => document.hidden || showShortcuts());
