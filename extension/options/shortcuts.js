import "../shared/browser.js";
import "../shared/words.js";
import { byId } from "../shared/by-id.js";

const CHROME_PAGE = "chrome://extensions/shortcuts";

/** List the shortcuts, and lead to where the browser lets them be changed. */
export async function showShortcuts() {
  const commands = await webext.commands.getAll();
  byId("shortcuts").replaceChildren(
    ...commands
      .filter(({ description }) => description)
      .map(({ description = "", shortcut }) => {
        const name = document.createElement("dt");
        name.textContent = description;
        const keys = document.createElement("dd");
        keys.textContent = shortcut || words("options_no_shortcut");
        const pair = document.createElement("div");
        pair.append(name, keys);
        return pair;
      }),
  );
}

byId("change-shortcuts").addEventListener("click", async () => {
  // Firefox alone has a call for it, Chrome alone a page that may be opened
  if (webext.commands.openShortcutSettings) {
    await webext.commands.openShortcutSettings();
  } else {
    await webext.tabs.create({ url: CHROME_PAGE });
  }
});
