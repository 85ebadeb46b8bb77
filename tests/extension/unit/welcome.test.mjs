// The first page: it waits for the server that the reader is about to start, and explains the labels.

import assert from "node:assert/strict";
import test from "node:test";

import { settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { openOwnPage } from "./extension-page.mjs";
import { load, stored } from "./extension-api.mjs";

const READY = { ok: true, address: "http://127.0.0.1:8642", model: "first", version: "1", newest: null };
const SILENT = { ok: false, failure: { kind: "unreachable", address: "http://127.0.0.1:8642", detail: "" } };
const PAUSE_MS = 3000;
stored.settings = {};
const { find, click, asked, answers } = openOwnPage("welcome/welcome.html", { "server-state": SILENT });
const tab = { isHidden: false };
Object.defineProperty(document, "hidden", { get: () => tab.isHidden });
test.mock.timers.enable({ apis: ["setTimeout"] });
await load("welcome/welcome.js");

const times = () => asked.filter(({ type }) => type === "server-state").length;
const wait = async () => {
  test.mock.timers.tick(PAUSE_MS);
  await settle();
};

test("without a server the page shows the start command and keeps asking", async () => {
  assert.equal(find("server").dataset.state, "unreachable");
  assert.match(find("server").textContent, /python3 scripts\/start\.py/);
  assert.equal(times(), 1);
  await wait();
  await wait();
  assert.equal(times(), 3);
});

test("a hidden page does not ask the server, and asks at once when it is visible again", async () => {
  tab.isHidden = true;
  await wait();
  const before = times();
  await wait();
  assert.equal(times(), before);
  tab.isHidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  assert.equal(times(), before + 1);
});

test("once the server answers, the page says so and stops asking", async () => {
  answers["server-state"] = READY;
  await wait();
  assert.equal(find("server").dataset.state, "ready");
  const before = times();
  await wait();
  assert.equal(times(), before);
});

test("the button asks the server at once", async () => {
  const before = times();
  await click("check-again");
  assert.equal(times(), before + 1);
});

test("every label is explained, and a button opens the options", async () => {
  const explained = [...find("labels").children].map(({ textContent }) => textContent);
  assert.deepEqual(explained, vocabulary.LABELS.map((label) => `${words(`label_${label}`)} ${words(`meaning_${label}`)}`));
  await click("open-options");
  assert.equal(asked.at(-1), "options page");
});
