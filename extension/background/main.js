// The background: the only place that talks to the server. Browsers stop it when it is idle, so nothing is remembered here
// that is not in storage, and every listener is registered at the top level.

import "../shared/browser.js";
import "../shared/messages.js";
import { forgetCount, showCount } from "./badge.js";
import { checkForTab } from "./checks.js";
import { onCommand } from "./commands.js";
import { createMenu, onMenuClicked } from "./menu.js";
import { serverState } from "./server.js";

messages.answer({
  check: checkForTab,
  findings: showCount,
  "server-state": serverState,
});

webext.commands.onCommand.addListener(onCommand);
webext.contextMenus.onClicked.addListener(onMenuClicked);
webext.runtime.onInstalled.addListener(createMenu);
webext.tabs.onRemoved.addListener(forgetCount);
