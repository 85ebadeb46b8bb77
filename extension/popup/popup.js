// The popup is about the page in the active tab.

import "../shared/browser.js";
import { localise } from "../shared/localise.js";
import { byId } from "../shared/by-id.js";
import { findPage } from "./active-page.js";
import { showFindings } from "./findings-list.js";
import { showServer } from "./server-state.js";
import { showSwitch } from "./site-switch.js";

localise(document);
byId("open-options").addEventListener("click", () => webext.runtime.openOptionsPage());

showServer();

const page = await findPage();
if (page === null) {
  byId("page-notice").textContent = words("popup_page_closed");
} else {
  await showSwitch(page.hostname);
  showFindings(page.tabId);
}
