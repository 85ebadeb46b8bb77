import assert from "node:assert/strict";
import test from "node:test";

import { load, session } from "./extension-api.mjs";

const texts = {};
globalThis.browser.action = {
  setBadgeBackgroundColor: async () => undefined,
  setBadgeText: async ({ tabId, text }) => {
    if (tabId === 9) {
      throw new Error("No tab with id: 9");
    }
    texts[tabId] = text;
  },
};
const { forgetCount, showCount } = await load("background/badge.js");

const report = (count, { tab = 1, frameId = 0, first = false } = {}) => showCount({ first, count }, { tab: { id: tab }, frameId });

test("the badge sums the latest count of each frame", async () => {
  await report(2, { first: true });
  await report(3, { frameId: 7, first: true });
  assert.equal(texts[1], "5");
  await report(1, { frameId: 7 });
  assert.equal(texts[1], "3");
});

test("frames that report at the same time are all counted", async () => {
  await Promise.all([report(1, { tab: 2, first: true }), ...[1, 2, 3].map((frameId) => report(1, { tab: 2, frameId }))]);
  assert.equal(texts[2], "4");
});

test("a new page resets the count, a new frame does not", async () => {
  await report(2, { tab: 3, first: true });
  await report(4, { tab: 3, frameId: 5, first: true });
  assert.equal(texts[3], "6");
  await report(1, { tab: 3, first: true });
  assert.equal(texts[3], "1");
});

test("without findings the badge is empty", async () => {
  await report(0, { tab: 4, first: true });
  assert.equal(texts[4], "");
});

test("a closed tab does not block the counts of others", async () => {
  await report(1, { tab: 9, first: true });
  await report(1, { tab: 5, first: true });
  assert.equal(texts[5], "1");
});

test("a closed tab's counts are dropped", async () => {
  await report(1, { tab: 6, first: true });
  assert.ok("counts:6" in session);
  await forgetCount(6);
  assert.ok(!("counts:6" in session));
});
