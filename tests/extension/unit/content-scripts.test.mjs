import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./extension-api.mjs";

const TAB = 7;
const LONG_MS = 60_000;

/**
 * A tab whose page has no content scripts yet; the test says when the browser lets them in. Its idle moment, at which they
 * would listen of themselves, never comes.
 */
const page = {};
const badge = {};

function newPage(status) {
  Object.assign(badge, { text: "", title: "Plumbline" });
  Object.assign(page, { status, hasScripts: false, isListening: false });
  page.opened = new Promise((letIn, refuse) => Object.assign(page, { letIn, refuse }));
}

function connect(tabId, { name }) {
  assert.equal(tabId, TAB);
  const heard = { onMessage: () => {}, onDisconnect: () => {} };
  const port = {
    onMessage: { addListener: (one) => (heard.onMessage = one) },
    onDisconnect: { addListener: (one) => (heard.onDisconnect = one) },
    postMessage: () => queueMicrotask(() => heard.onMessage({ asked: name })),
    disconnect: () => {},
  };
  if (!page.isListening) {
    port.postMessage = () => {};
    queueMicrotask(() => heard.onDisconnect());
  }
  return port;
}

Object.assign(globalThis.browser, {
  i18n: { getMessage: (key) => key },
  runtime: {
    id: "plumbline",
    getURL: (path) => `extension://plumbline/${path}`,
    getManifest: () => ({ action: { default_title: "Plumbline" }, content_scripts: [{ js: ["first.js"] }] }),
  },
  tabs: {
    connect,
    get: async () => ({ url: "https://herald.example/", status: page.status }),
    query: async () => [{ id: TAB, url: "https://herald.example/" }],
  },
  scripting: {
    executeScript: async ({ files }) => {
      await page.opened;
      if (files) {
        page.hasScripts = true;
      } else {
        // the one function that is ever sent has the scripts listen
        page.isListening = page.hasScripts;
      }
      return [{ result: page.isListening }];
    },
  },
  action: {
    setBadgeBackgroundColor: async () => {},
    setBadgeText: async ({ text }) => void (badge.text = text),
    getBadgeText: async () => badge.text,
    setTitle: async ({ title }) => void (badge.title = title),
  },
});
const { askFrame } = await load("shared/content-scripts.js");
const { reportIfClosed } = await load("background/badge.js");
const { findPage } = await load("popup/active-page.js");

/** Let everything happen that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Ask the page; while it is silent a long time goes by. */
async function askWithPatience(context, status) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  newPage(status);
  let doubts = 0;
  const answer = askFrame(TAB, 0, { type: "page-state" }, () => (doubts += 1));
  await settled();
  context.mock.timers.tick(LONG_MS);
  return { answer, doubts: () => doubts };
}

test("a loaded page that is silent for long is doubted, but a late answer counts", async (context) => {
  const { answer, doubts } = await askWithPatience(context, "complete");
  assert.equal(doubts(), 1);
  page.letIn();
  assert.deepEqual(await answer, { asked: "page-state" });
});

test("a page that is still loading is not doubted", async (context) => {
  const { answer, doubts } = await askWithPatience(context, "loading");
  page.letIn();
  assert.deepEqual(await answer, { asked: "page-state" });
  assert.equal(doubts(), 0);
});

test("a page that has answered or refused is not doubted afterwards", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  for (const end of ["letIn", "refuse"]) {
    newPage("complete");
    let doubts = 0;
    const answer = askFrame(TAB, 0, { type: "page-state" }, () => (doubts += 1));
    page[end](new Error("no access"));
    await (end === "letIn" ? answer : assert.rejects(answer, /no access/));
    context.mock.timers.tick(LONG_MS);
    assert.equal(doubts, 0);
  }
});

test("the toolbar button clears \"closed\" when the page answers after all", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  newPage("complete");
  const done = reportIfClosed(TAB, (onDoubt) => askFrame(TAB, 0, { type: "page-state" }, onDoubt));
  await settled();
  context.mock.timers.tick(LONG_MS);
  await settled();
  assert.deepEqual(badge, { text: "!", title: "popup_page_closed" });
  page.letIn();
  await done;
  assert.deepEqual(badge, { text: "", title: "Plumbline" });
});

test("the popup learns that a page seems closed, and its state if it answers after all", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  newPage("complete");
  const shown = [];
  const done = findPage((active) => shown.push(active));
  await settled();
  context.mock.timers.tick(LONG_MS);
  assert.deepEqual(shown, [{ closed: "browser" }]);
  page.letIn();
  await done;
  assert.deepEqual(shown.slice(1), [{ tabId: TAB, page: { asked: "page-state" } }]);
});

test("the popup learns once that a page is closed when it refuses", async () => {
  newPage("complete");
  page.refuse(new Error("no access"));
  const shown = [];
  await findPage((active) => shown.push(active));
  assert.deepEqual(shown, [{ closed: "browser" }]);
});

test("the toolbar button says that a page is closed when it refuses", async () => {
  newPage("complete");
  page.refuse(new Error("no access"));
  await reportIfClosed(TAB, (onDoubt) => askFrame(TAB, 0, { type: "page-state" }, onDoubt));
  assert.deepEqual(badge, { text: "!", title: "popup_page_closed" });
});
