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

test("without the address of the tab the page itself is asked, and no frame in it", async () => {
  assert.equal(await siteOf({ id: TAB }), "herald.example");
  assert.deepEqual(asked, [[TAB, 0, "page-state", "page-state"]]);
});

test("where the browser tells the address of the tab, nobody is asked", async () => {
  assert.equal(await siteOf({ id: TAB, url: "https://paper.example:8080/news" }), "paper.example");
  assert.deepEqual(asked, []);
});

test("a page that does not answer, an address that is none and no tab at all have no site", async () => {
  answering.clear();
  assert.equal(await siteOf({ id: TAB }), "");
  assert.equal(await siteOf({ id: TAB, url: "about:" }), "");
  assert.equal(await siteOf({ id: TAB, url: "nonsense" }), "");
  assert.equal(await siteOf(undefined), "");
});
