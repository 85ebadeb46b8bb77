// The welcome page after the installation: start the server, select a sentence.

import "../shared/browser.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/vocabulary.js";
import "../shared/translations.js";
import { byId, localise, showRemoteNotice, showShortcuts } from "../shared/extension-page.js";
import { showServer } from "../shared/server-state.js";

/** Poll until the server runs: the reader of this page is about to start it. */
const LOOK_AGAIN_MS = 3000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

async function look() {
  clearTimeout(timer);
  await showServer();
  if (byId("server").dataset.state !== "ready" && !document.hidden) {
    timer = setTimeout(look, LOOK_AGAIN_MS);
  }
}

function showLabels() {
  const entries = vocabulary.LABELS.map((label) => {
    const name = document.createElement("b");
    name.className = "label";
    name.dataset.label = label;
    name.textContent = words(`label_${label}`);
    const entry = document.createElement("li");
    entry.append(name, " ", words(`meaning_${label}`));
    return entry;
  });
  byId("labels").append(...entries);
}

localise(document);
showLabels();
byId("open-options").addEventListener("click", () => webext.runtime.openOptionsPage());
byId("check-again").addEventListener("click", look);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    look();
    showShortcuts();
  }
});
showShortcuts();
showRemoteNotice(await settings.read());
await look();
