import assert from "node:assert/strict";
import test from "node:test";

import { load, run } from "./extension-api.mjs";

const TAB = 7;

/** The sites of the frames that answer, by number; a question to none in particular is answered by whichever is first. */
const answering = new Map();
const asked = [];

globalThis.browser.tabs = {
  connect(tabId, { name, frameId }) {
    const listeners = [];
    let tellThatItIsGone = () => {};
    return {
      onMessage: { addListener: (listener) => listeners.push(listener) },
      onDisconnect: {
        addListener(listener) {
          tellThatItIsGone = listener;
        },
      },
      postMessage(message) {
        asked.push([tabId, frameId, name, message.type]);
        const hostname = answering.get(frameId);
        queueMicrotask(() => (hostname === undefined ? tellThatItIsGone() : listeners.forEach((one) => one({ hostname }))));
      },
      disconnect() {},
    };
  },
};
run("shared/browser.js");
const { pageSite } = await load("background/tabs.js");

/** What a frame is told that can see no address of its page. */
const siteOf = (tab) => pageSite({ type: "site-of-page" }, { id: "plumbline", frameId: 3, tab });

test.beforeEach(() => {
  asked.length = 0;
  answering.clear();
  answering.set(0, "herald.example").set(3, "frame.example").set(undefined, "frame.example");
});

test("where the browser hides the tab's address, the top frame is asked for it", async () => {
  assert.equal(await siteOf({ id: TAB }), "herald.example");
  assert.deepEqual(asked, [[TAB, 0, "page-state", "page-state"]]);
});

test("where the browser gives the tab's address, no page is asked", async () => {
  assert.equal(await siteOf({ id: TAB, url: "https://paper.example:8080/news" }), "paper.example");
  assert.deepEqual(asked, []);
});

test("the site is empty for a silent page, an invalid address and a missing tab", async () => {
  answering.clear();
  assert.equal(await siteOf({ id: TAB }), "");
  assert.equal(await siteOf({ id: TAB, url: "about:" }), "");
  assert.equal(await siteOf({ id: TAB, url: "nonsense" }), "");
  assert.equal(await siteOf(undefined), "");
});
