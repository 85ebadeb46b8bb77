// The options page with some settings stored, and a browser that grants the permissions that it asks for.

import { settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { openOwnPage } from "./extension-page.mjs";
import { load, stored } from "./extension-api.mjs";

export const HERE = "http://127.0.0.1:8642";
export const JUDGE = { model: "small", address: "http://127.0.0.1:11434", isHere: true, policy: "explain", isThere: true };
stored.settings = { token: "sesame", timeoutSeconds: 7, askFirst: true, autoScanSites: ["herald.example"], hiddenLabels: ["true"] };
const page = openOwnPage("options/options.html", { "judge-state": JUDGE, "forget-verdicts": true });
export const { find, enter, toggle, click, asked, tabs, answers } = page;
export const permissions = { asked: [], isGranted: true };
globalThis.browser.permissions = {
  async request({ origins }) {
    permissions.asked.push(...origins);
    return permissions.isGranted;
  },
};
await load("options/options.js");
await settle();

export const saved = () => find("saved").textContent;
export const error = (id) => find(`${id}-error`).textContent;
export const state = async (changes) => {
  await settings.update(changes);
  await settle();
  find("saved").textContent = "";
};
