// A page of the extension itself, such as its options, with the parts of the browser's API that those pages use.

import { readFileSync } from "node:fs";

import { openPage, settle } from "./browser.mjs";
import { getMessage } from "./english.mjs";
import { stored } from "./extension-api.mjs";

/** Who listens to changes of the storage. */
export const storageListeners = [];

/**
 * Open a page of the extension; its modules are loaded afterwards. `answers` holds what the background answers, by the type
 * of the message; what it was asked is in `asked`, which addresses were opened in `tabs`.
 */
export function openOwnPage(path, answers = {}) {
  const html = readFileSync(new URL(`../../../extension/${path}`, import.meta.url), "utf8");
  const page = openPage(html.slice(html.indexOf("<body>") + 6, html.indexOf("</body>")));
  const [asked, tabs] = [[], []];
  const { local } = globalThis.browser.storage;
  const set = async (values) => {
    const before = structuredClone(stored);
    Object.assign(stored, structuredClone(values));
    const changes = Object.entries(values).map(([key, newValue]) => [key, { oldValue: before[key], newValue }]);
    storageListeners.forEach((listener) => listener(Object.fromEntries(changes), "local"));
  };
  Object.assign(local, { set });
  Object.assign(globalThis.browser.storage, {
    onChanged: { addListener: (listener) => storageListeners.push(listener), removeListener: () => undefined },
  });
  Object.assign(globalThis.browser, {
    i18n: { getMessage, getUILanguage: () => "en-GB" },
    runtime: { id: "plumbline", openOptionsPage: () => asked.push("options page"), lastError: undefined },
    tabs: { create: async ({ url }) => void tabs.push(url), query: async () => [] },
    commands: { getAll: async () => [{ name: "check-selection", description: "Check", shortcut: "Alt+Shift+S" }] },
  });
  globalThis.browser.runtime.connect = ({ name }) => {
    let answer = () => undefined;
    return {
      onMessage: { addListener: (listener) => (answer = listener) },
      onDisconnect: { addListener: () => undefined },
      postMessage(message) {
        asked.push(message);
        queueMicrotask(() => answer(answers[name]));
      },
      disconnect: () => undefined,
    };
  };
  const find = (id) => document.getElementById(id);
  const enter = async (id, value) => {
    find(id).value = value;
    find(id).dispatchEvent(new Event("change"));
    await settle();
  };
  const toggle = async (element) => {
    element.checked = !element.checked;
    element.dispatchEvent(new Event("change"));
    await settle();
  };
  const click = async (id) => {
    find(id).click();
    await settle();
  };
  return { ...page, find, enter, toggle, click, asked, tabs, answers };
}
