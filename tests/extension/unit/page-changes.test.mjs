import assert from "node:assert/strict";
import test from "node:test";

import { openPage, settle } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
run("shared/auto-scan.js");
globalThis.DrawnLines = { NAME: "plumbline-lines" };
run("content/scan/page-changes.js");
const { PageChanges } = globalThis;

const LONG_MS = 1000;

/** A page whose changes are followed; `after` makes one and waits for what is handed on. */
function follow(context, body = "<p id=one>One</p><p id=two>Two</p>") {
  const { document } = openPage(body);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const tab = { hidden: false };
  Object.defineProperty(document, "hidden", { get: () => tab.hidden });
  const [handed, overruns, end] = [[], [], new AbortController()];
  const changes = new PageChanges((one) => handed.push(one), () => overruns.push(true), end.signal);
  const find = (id) => document.getElementById(id);
  const after = async (change) => {
    change();
    await settle();
    context.mock.timers.tick(LONG_MS);
    return handed.splice(0);
  };
  return { document, tab, handed, overruns, end, changes, find, after };
}
const names = (nodes) => [...nodes].map((node) => node.id ?? node.data);

test("what is added is handed on with the element that it was added to", async (context) => {
  const { after, document, find } = follow(context);
  const [{ added, touched, hasRemovals }] = await after(() => {
    find("one").append("more");
    document.body.append(document.createElement("div"));
  });
  assert.deepEqual([names(added), names(touched), hasRemovals], [["more", ""], ["one", ""], false]);
});

test("many changes within a moment are handed on together", async (context) => {
  const { after, find } = follow(context);
  const handed = await after(() => {
    find("one").firstChild.data = "Other";
    find("two").remove();
  });
  assert.equal(handed.length, 1);
  assert.deepEqual([names(handed[0].touched), handed[0].hasRemovals], [["one", ""], true]);
});

test("a change is handed on once", async (context) => {
  const { after, find } = follow(context);
  await after(() => find("one").append("more"));
  assert.deepEqual(await after(() => undefined), []);
});

test("a style may show something, some attributes may open something to reading, others are not followed", async (context) => {
  const { after, find } = follow(context);
  const [{ restyled, opened, touched }] = await after(() => {
    find("one").className = "shown";
    find("two").setAttribute("aria-hidden", "false");
  });
  assert.deepEqual([names(restyled), names(opened), names(touched)], [["one", "two"], ["two"], []]);
  assert.deepEqual(await after(() => find("one").setAttribute("title", "One")), []);
});

test("what the extension itself puts into the page is no change", async (context) => {
  const { after, document } = follow(context);
  const handed = await after(() => {
    const [card, lines] = [CARD_NAME, "plumbline-lines"].map((name) => document.createElement(name));
    document.body.append(card, lines);
    card.style.zoom = "1";
    card.className = "ours";
  });
  assert.deepEqual(handed, []);
});

test("shadow trees are followed from when they are found", async (context) => {
  const { after, changes, find } = follow(context, "<x-host id=host></x-host>");
  const root = find("host").attachShadow({ mode: "open" });
  assert.deepEqual(await after(() => root.append("unseen")), []);
  changes.observe(root);
  const [{ added, touched }] = await after(() => root.append("seen"));
  assert.deepEqual([names(added), names(touched)], [["seen"], ["host"]]);
});

test("more than can be followed has the page read from the start", async (context) => {
  const { after, document, overruns } = follow(context);
  const handed = await after(() => {
    for (let index = 0; index < 1001; index += 1) {
      document.body.append(document.createElement("i"));
    }
  });
  assert.deepEqual([handed, overruns.length], [[], 1]);
  const [{ added }] = await after(() => document.body.append("more"));
  assert.deepEqual(names(added), ["more"]);
});

test("in a tab that nobody sees changes wait", async (context) => {
  const { after, document, find, tab } = follow(context);
  tab.hidden = true;
  assert.deepEqual(await after(() => find("one").append("more")), []);
  const handed = await after(() => {
    tab.hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(handed.length, 1);
});

test("a call can be asked for though nothing changes", async (context) => {
  const { after, changes } = follow(context);
  const [{ added, hasRemovals }] = await after(() => changes.callSoon());
  assert.deepEqual([added.size, hasRemovals], [0, false]);
});

test("with the scan the following ends", async (context) => {
  const { after, end, find } = follow(context);
  find("one").append("more");
  await settle();
  end.abort();
  assert.deepEqual(await after(() => find("two").append("more")), []);
});
