// The options page: what each control stores, the sites that are scanned, and the shortcuts.

import assert from "node:assert/strict";
import test from "node:test";

import { settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { HERE, asked, click, find, saved, state, tabs, toggle } from "./options-page.mjs";

test("every control shows what is stored", () => {
  assert.deepEqual(
    ["server-address", "token", "timeout"].map((id) => find(id).value),
    [HERE, "sesame", "7"],
  );
  const checked = ["ask-first", "print-marks", "offer-explorer", "paint-unsure", "judge-selections"].map((id) => find(id).checked);
  assert.deepEqual(checked, [true, false, true, false, false]);
  const painted = [...document.querySelectorAll("[data-paint]")].map(({ dataset, checked: isOn }) => [dataset.paint, isOn]);
  assert.deepEqual(painted, [["false", true], ["mixed", true], ["true", false], ["likely-false", true], ["likely-true", true]]);
  assert.equal(document.querySelector("h1").textContent, words("options_title"));
  assert.equal(find("shortcuts").textContent, "CheckAlt+Shift+S");
});

test("a change made elsewhere is shown", async () => {
  await state({ askFirst: false, token: "other" });
  assert.deepEqual([find("ask-first").checked, find("token").value], [false, "other"]);
});

test("each switch is saved at once, and the page says so", async () => {
  const names = { "ask-first": "askFirst", "print-marks": "printMarks", "offer-explorer": "offerExplorer", "paint-unsure": "paintUnsure" };
  for (const [id, name] of Object.entries(names)) {
    await state({});
    const before = (await settings.read())[name];
    await toggle(find(id));
    assert.equal((await settings.read())[name], !before, id);
    assert.equal(saved(), words("options_saved"));
  }
});

test("switching a label off stores it as hidden", async () => {
  await state({ hiddenLabels: [] });
  await toggle(document.querySelector("[data-paint=false]"));
  assert.deepEqual((await settings.read()).hiddenLabels, ["false"]);
  await toggle(document.querySelector("[data-paint=false]"));
  assert.deepEqual((await settings.read()).hiddenLabels, []);
});

const listed = () => [...find("sites").querySelectorAll("li span")].map(({ textContent }) => textContent);
async function addSite(text) {
  find("new-site").value = text;
  find("add-site").dispatchEvent(new Event("submit", { cancelable: true }));
  await settle();
}

test("sites are added by name or by address, and removed", async () => {
  await state({ autoScanSites: [] });
  assert.equal(find("no-sites").textContent, words("options_sites_none"));
  await addSite(" http://Herald.example:80/page ");
  await addSite("courier.example");
  assert.deepEqual([listed(), find("new-site").value], [["courier.example", "herald.example"], ""]);
  await addSite("http://");
  assert.equal(listed().length, 2);
  find("sites").querySelector("[data-site='herald.example']").click();
  await settle();
  assert.deepEqual((await settings.read()).autoScanSites, ["courier.example"]);
});

test("when every site is scanned, the list shows the exceptions", async () => {
  await toggle(find("auto-scan-by-default"));
  assert.deepEqual([find("sites-heading").textContent, listed()], [words("options_sites_off"), []]);
  await addSite("quiet.example");
  const { autoScanExceptions, autoScanSites } = await settings.read();
  assert.deepEqual([autoScanExceptions, autoScanSites, listed()], [["quiet.example"], ["courier.example"], ["quiet.example"]]);
  find("sites").querySelector("button").click();
  await settle();
  assert.deepEqual(listed(), []);
  await toggle(find("auto-scan-by-default"));
  assert.equal(find("sites-heading").textContent, words("options_sites_on"));
});

test("cached verdicts are deleted on request", async () => {
  await click("forget-verdicts");
  assert.deepEqual([asked.at(-1), saved()], [{ type: "forget-verdicts" }, words("options_forgotten")]);
});

test("changing shortcuts opens each browser's own page for them", async () => {
  await click("change-shortcuts");
  assert.deepEqual(tabs, ["chrome://extensions/shortcuts"]);
  let opened = 0;
  globalThis.webext.commands.openShortcutSettings = async () => void (opened += 1);
  await click("change-shortcuts");
  assert.deepEqual([opened, tabs.length], [1, 1]);
});

test("the list of shortcuts is refreshed when the reader returns to the page", async () => {
  globalThis.webext.commands.getAll = async () => [{ name: "check-selection", description: "Check", shortcut: "Ctrl+9" }];
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  // jsdom's page is hidden, as this one is while the reader is elsewhere
  assert.equal(find("shortcuts").textContent, "CheckAlt+Shift+S");
  Object.defineProperty(document, "hidden", { value: false });
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  assert.equal(find("shortcuts").textContent, "CheckCtrl+9");
});
