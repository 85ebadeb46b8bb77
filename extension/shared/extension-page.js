// What the extension's own pages share: their texts, and the notices and lists that several of them show.

import "./browser.js";
import "./addresses.js";
import "./translations.js";

/**
 * The element with an id, which the page is known to have.
 *
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`no element #${id}`);
  }
  return element;
}

/**
 * Fill each element that names a text of _locales: `data-words` for its content, `data-words-label` for its accessible name.
 *
 * @param {Document} page
 */
export function localise(page) {
  page.documentElement.lang = uiLanguage();
  page.documentElement.dir = webext.i18n.getMessage("@@bidi_dir");
  for (const element of page.querySelectorAll("[data-words]")) {
    element.textContent = words(element.getAttribute("data-words") ?? "");
  }
  for (const element of page.querySelectorAll("[data-words-label]")) {
    element.setAttribute("aria-label", words(element.getAttribute("data-words-label") ?? ""));
  }
}

/**
 * Show a notice in the page's element `remote` while the server, or a language model that it asks, is on another machine.
 *
 * @param {Settings} current
 */
export function showRemoteNotice({ serverAddress, judgeSelections, allowedJudge }) {
  const notice = byId("remote");
  const kind = (/** @type {string} */ address) => (address.startsWith("http:") ? "plain" : "encrypted");
  const notices = [
    ...(addresses.isLoopback(serverAddress) ? [] : [words(`remote_${kind(serverAddress)}`, serverAddress)]),
    ...(judgeSelections && allowedJudge ? [words(`remote_judge_${kind(allowedJudge)}`, allowedJudge)] : []),
  ];
  notice.hidden = notices.length === 0;
  notice.textContent = notices.join(" ");
}

/** List the shortcuts as this browser has them now, and say what to do about those that are not assigned. */
export async function showShortcuts() {
  const commands = (await webext.commands.getAll()).filter(({ description }) => description);
  byId("shortcuts").replaceChildren(...commands.map(shortcutEntry));
  const areAllAssigned = commands.every(({ shortcut }) => shortcut);
  byId("shortcuts-hint").textContent = areAllAssigned ? "" : words("shortcuts_unassigned");
}

/** @param {chrome.commands.Command} command */
function shortcutEntry({ name: id = "", description = "", shortcut = "" }) {
  const name = document.createElement("dt");
  name.textContent = description;
  const keys = document.createElement("dd");
  keys.textContent = shortcut || words("shortcut_none");
  const entry = document.createElement("div");
  entry.dataset.command = id;
  entry.append(name, keys);
  return entry;
}
