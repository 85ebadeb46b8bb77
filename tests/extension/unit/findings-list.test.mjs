import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { load } from "./extension-api.mjs";

const TAB = 7;
const KEY = `counts:${TAB}`;

/** Who is told of changes in the storage. */
const listeners = [];
/** Lets the popup read the counts that are stored. @type {(counts: unknown) => void} */
let answer = () => {};
/** The number of each frame that is followed, or none for all that are there. */
const followed = [];

globalThis.browser.storage.onChanged = { addListener: (listener) => listeners.push(listener) };
globalThis.browser.storage.session = {
  get: () =>
    new Promise((resolve) => {
      answer = (counts) => resolve({ [KEY]: counts });
    }),
};
globalThis.browser.i18n = { getMessage: (key) => key };
globalThis.browser.tabs = {
  connect(_tabId, { frameId }) {
    followed.push(frameId);
    return { onMessage: { addListener() {} }, onDisconnect: { addListener() {} } };
  },
};
show(["auto-scan", "findings-count", "shares-bar", "shares", "findings"].map((id) => `<div id="${id}"></div>`).join(""));
const { showFindings } = await load("popup/findings-list.js");

/** A frame tells how much it found. */
const tell = (counts) => listeners.forEach((listener) => listener({ [KEY]: { newValue: counts } }, "session"));

test.beforeEach(() => {
  followed.length = listeners.length = 0;
  showFindings(TAB);
});

test("a frame that reports while the popup is still opening is followed", async () => {
  tell({ 0: 1, 5: 2 });
  assert.ok(followed.includes(5));
  answer({ 0: 1, 5: 2 });
  await new Promise(setImmediate);
  assert.equal(followed.filter((frame) => frame === 5).length, 1);
});

test("a frame that reported earlier is followed once, and a later frame separately", async () => {
  answer({ 0: 1, 4: 3 });
  await new Promise(setImmediate);
  tell({ 0: 1, 4: 3, 6: 2 });
  tell({ 0: 1, 4: 4, 6: 3 });
  assert.deepEqual(followed, [undefined, 6]);
});
