// The popup as a whole: the switch of the site, the marks, and pages that no extension may read.

import assert from "node:assert/strict";
import test from "node:test";

import { settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { openOwnPage } from "./extension-page.mjs";
import { load, stored } from "./extension-api.mjs";

const TAB = 7;
const PAGE = { hostname: "herald.example", kind: "page", marksAreHidden: false, isAutoScanned: false, isScanning: false };
const READY = { ok: true, address: "http://127.0.0.1:8642", model: "first", version: "1", newest: null };
stored.settings = {};
const { find, click, asked } = openOwnPage("popup/popup.html", { "server-state": READY });
const sent = [];
Object.assign(globalThis.browser.tabs, {
  query: async () => [{ id: TAB, url: "https://herald.example/" }],
  connect(tabId, { name }) {
    let answer = () => undefined;
    return {
      onMessage: { addListener: (listener) => (answer = listener) },
      onDisconnect: { addListener: () => undefined },
      postMessage(message) {
        sent.push([tabId, message]);
        queueMicrotask(() => answer(name === "page-state" ? PAGE : true));
      },
      disconnect: () => undefined,
    };
  },
});
await load("popup/popup.js");
await settle();
await settle();

test("the popup says which server is ready and which site it is about", () => {
  assert.equal(find("server").dataset.state, "ready");
  assert.equal(find("site").textContent, "herald.example");
  assert.equal(find("auto-scan-words").textContent, words("popup_auto_scan"));
  assert.deepEqual([find("auto-scan").disabled, find("page-notice").textContent], [false, ""]);
});

test("the switch is the site's, and follows what is stored", async () => {
  await click("auto-scan");
  assert.deepEqual((await settings.read()).autoScanSites, ["herald.example"]);
  assert.equal(find("auto-scan").getAttribute("aria-checked"), "true");
  await settings.setAutoScan("herald.example", false);
  await settle();
  assert.equal(find("auto-scan").getAttribute("aria-checked"), "false");
});

test("what is said of a page without findings changes with the switch", async () => {
  const said = () => find("findings-count").textContent;
  assert.equal(said(), `${words("popup_findings_none")} ${words("popup_findings_hint")}`);
  await click("auto-scan");
  assert.equal(said(), words("popup_findings_none_scanned"));
  await click("auto-scan");
});

test("marks are hidden and shown again by one button", async () => {
  const marks = () => sent.filter(([, { type }]) => type === "hide-marks").map(([tabId, { hidden }]) => [tabId, hidden]);
  assert.deepEqual([find("hide-marks").hidden, find("hide-marks").getAttribute("aria-pressed")], [false, "false"]);
  await click("hide-marks");
  await settle();
  assert.deepEqual([marks(), find("hide-marks").getAttribute("aria-pressed")], [[[TAB, true]], "true"]);
  await click("hide-marks");
  await settle();
  assert.deepEqual(marks().at(-1), [TAB, false]);
});

test("a button opens the options", async () => {
  await click("open-options");
  assert.equal(asked.at(-1), "options page");
});

test("a document in PDF and a page of the browser are told apart", async () => {
  const { findPage } = await load("popup/active-page.js");
  const seen = async (url, page) => {
    const shown = [];
    globalThis.messages = { askTab: async () => page };
    globalThis.browser.tabs.query = async () => [{ id: TAB, url }];
    Object.assign(globalThis.browser.tabs, { get: () => Promise.reject(new Error("no such page")) });
    await findPage((active) => shown.push(active));
    return shown;
  };
  assert.deepEqual(await seen("https://a.example/", PAGE), [{ tabId: TAB, page: PAGE }]);
  assert.deepEqual(await seen("https://a.example/x", { ...PAGE, kind: "pdf" }), [{ closed: "pdf" }]);
  assert.deepEqual(await seen("https://a.example/x.PDF?page=2"), [{ closed: "pdf" }]);
  assert.deepEqual(await seen("https://a.example/?file=x.pdf"), [{ closed: "browser" }]);
  assert.deepEqual(await seen("chrome://version/"), [{ closed: "browser" }]);
});
