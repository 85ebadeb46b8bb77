// The popup is about the page in the active tab.

import "../shared/browser.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import { byId, localise, showRemoteNotice, showShortcuts } from "../shared/extension-page.js";
import { showServer } from "../shared/server-state.js";
import { findPage } from "./active-page.js";
import { showFindings } from "./findings-list.js";
import { showMarksButton, showSwitch } from "./page-controls.js";

localise(document);
byId("open-options").addEventListener("click", () => webext.runtime.openOptionsPage());

showRemoteNotice(await settings.read());
showServer();
showShortcuts();

findPage((active) => {
  const notice = byId("page-notice");
  if ("closed" in active) {
    notice.textContent = words(active.closed === "pdf" ? "popup_page_pdf" : "popup_page_closed");
    return;
  }
  notice.textContent = "";
  showSwitch(active.page.hostname);
  showMarksButton(active.tabId, active.page.marksAreHidden);
  showFindings(active.tabId);
});
