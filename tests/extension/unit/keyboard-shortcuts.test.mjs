// Shortcuts, the context menu, frames and the search: what the background does at the reader's command.

import assert from "node:assert/strict";
import test from "node:test";

import { load, stored } from "./extension-api.mjs";

const tabs = [];
const menu = [];
let updated;
let system = "linux";
Object.assign(globalThis.browser, {
  i18n: { getMessage: (key) => key },
  runtime: { getPlatformInfo: async () => ({ os: system }) },
  tabs: { create: async (tab) => void tabs.push(tab) },
  contextMenus: { removeAll: (then) => then(menu.splice(0)), create: (entry) => void menu.push(entry) },
  commands: { update: async (change) => void (updated = change) },
});
const { onCommand, suggestShortcuts } = await load("background/keyboard-shortcuts.js");
const { pageSite } = await load("background/tabs.js");
const { createMenu, onMenuClicked } = await load("background/context-menu.js");
const { openSearch } = await load("background/tabs.js");

/** What the page was sent, and what it answers. */
const sent = [];
let site;
globalThis.messages = {
  askTab: async (tabId, message, frameId) => {
    sent.push([tabId, message, frameId]);
    return message.type === "page-state" ? site : true;
  },
};

test.beforeEach(() => {
  sent.length = 0;
  tabs.length = 0;
  stored.settings = {};
  site = { hostname: "herald.example", marksAreHidden: false };
});

test("each shortcut sends its message to the page in the tab", async () => {
  const expected = {
    "check-selection": { type: "check-selection" },
    "next-finding": { type: "step-to-finding", direction: 1 },
    "previous-finding": { type: "step-to-finding", direction: -1 },
  };
  for (const [command, message] of Object.entries(expected)) {
    await onCommand(command, { id: 4 });
    assert.deepEqual(sent.at(-1), [4, message, 0]);
  }
});

test("a shortcut outside a tab does nothing", async () => {
  await onCommand("check-selection", undefined);
  assert.deepEqual(sent, []);
});

test("the site's switch goes on and off again", async () => {
  await onCommand("toggle-site", { id: 4 });
  assert.deepEqual(stored.settings.autoScanSites, ["herald.example"]);
  await onCommand("toggle-site", { id: 4 });
  assert.deepEqual(stored.settings.autoScanSites, []);
});

test("hiding marks applies to every frame of the tab, and toggles back", async () => {
  for (const marksAreHidden of [false, true]) {
    site = { ...site, marksAreHidden };
    await onCommand("hide-marks", { id: 4 });
    assert.deepEqual(sent.at(-1), [4, { type: "hide-marks", hidden: !marksAreHidden }, undefined]);
  }
});

test("the fifth shortcut is suggested in the notation of each system", async () => {
  await suggestShortcuts();
  assert.equal(updated.shortcut, "Alt+Shift+H");
  system = "mac";
  await suggestShortcuts();
  assert.equal(updated.shortcut, "MacCtrl+Shift+H");
});

test("the menu has one entry, also after an update, and messages the clicked frame", async () => {
  createMenu();
  createMenu();
  assert.deepEqual(menu.map(({ id }) => id), ["check-selection"]);
  await onMenuClicked({ frameId: 7 }, { id: 4 });
  assert.deepEqual(sent, [[4, { type: "check-selection" }, 7]]);
});

test("a frame's page is known by the tab's address, or else by its top frame, or not at all", async () => {
  assert.equal(await pageSite({}, { tab: { id: 4, url: "https://gazette.example/news" } }), "gazette.example");
  assert.deepEqual(sent, []);
  assert.equal(await pageSite({}, { tab: { id: 4 } }), "herald.example");
  assert.deepEqual(sent, [[4, { type: "page-state" }, 0]]);
  assert.equal(await pageSite({}, {}), "");
});

test("a search opens the server's page beside the tab, with the words behind the number sign", async () => {
  await openSearch({ words: "50% & more? #\ud83d" }, { tab: { id: 4, index: 2 } });
  const [{ url, openerTabId, index }] = tabs;
  assert.deepEqual([openerTabId, index], [4, 3]);
  const { hash, search } = new URL(url);
  assert.equal(search, "");
  assert.equal(decodeURIComponent(hash.split("words=")[1]), "50% & more? #\ufffd");
  await openSearch({ words: "a".repeat(600) }, {});
  assert.equal(tabs[1].url.split("words=")[1].length, 500);
});
