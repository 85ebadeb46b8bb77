// The background script, the only place that talks to the server. Browsers stop it when it is idle, so state is kept in
// storage, and every listener is registered at the top level.

import "../shared/browser.js";
import "../shared/messages.js";
import { forgetCount, showCount } from "./badge.js";
import { checkForTab } from "./checks.js";
import { onCommand, suggestShortcuts } from "./keyboard-shortcuts.js";
import { openSearch, pageSite } from "./tabs.js";
import { influenceForTab } from "./word-influence.js";
import { judgeForTab, judgeState } from "./language-model.js";
import { createMenu, onMenuClicked } from "./context-menu.js";
import { sendFeedback, serverState } from "./server-client.js";
import { forgetVerdicts } from "./verdict-cache.js";

const WELCOME = "extension/welcome/welcome.html";

messages.answer({
  check: checkForTab,
  count: showCount,
  feedback: sendFeedback,
  "search-fact-checks": openSearch,
  influence: influenceForTab,
  judge: judgeForTab,
  "judge-state": judgeState,
  "server-state": serverState,
  "site-of-page": pageSite,
  "forget-verdicts": forgetVerdicts,
  "open-options": async () => {
    await webext.runtime.openOptionsPage();
    return true;
  },
});

webext.commands.onCommand.addListener(onCommand);
webext.contextMenus.onClicked.addListener(onMenuClicked);
webext.tabs.onRemoved.addListener(forgetCount);
webext.runtime.onInstalled.addListener(async ({ reason }) => {
  createMenu();
  if (reason === "install") {
    await suggestShortcuts();
    // in the background, not in place of the reader's tab
    await webext.tabs.create({ url: webext.runtime.getURL(WELCOME), active: false });
  }
});
