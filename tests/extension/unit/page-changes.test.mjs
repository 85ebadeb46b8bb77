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

test("an added node is reported with its parent", async (context) => {
  const { after, document, find } = follow(context);
  const [{ added, touched, hasRemovals }] = await after(() => {
    find("one").append("more");
    document.body.append(document.createElement("div"));
  });
  assert.deepEqual([names(added), names(touched), hasRemovals], [["more", ""], ["one", ""], false]);
});

test("many changes within a moment are reported together", async (context) => {
  const { after, find } = follow(context);
  const handed = await after(() => {
    find("one").firstChild.data = "Other";
    find("two").remove();
  });
  assert.equal(handed.length, 1);
  assert.deepEqual([names(handed[0].touched), handed[0].hasRemovals], [["one", ""], true]);
});

test("a change is reported once", async (context) => {
  const { after, find } = follow(context);
  await after(() => find("one").append("more"));
  assert.deepEqual(await after(() => undefined), []);
});

test("only attributes that affect visibility or readability are followed", async (context) => {
  const { after, find } = follow(context);
  const [{ restyled, opened, touched }] = await after(() => {
    find("one").className = "shown";
    find("two").setAttribute("aria-hidden", "false");
  });
  assert.deepEqual([names(restyled), names(opened), names(touched)], [["one", "two"], ["two"], []]);
  assert.deepEqual(await after(() => find("one").setAttribute("title", "One")), []);
});

test("the extension's own nodes are not reported", async (context) => {
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

test("too many changes trigger a full rescan", async (context) => {
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

test("in a hidden tab changes wait", async (context) => {
  const { after, document, find, tab } = follow(context);
  tab.hidden = true;
  assert.deepEqual(await after(() => find("one").append("more")), []);
  const handed = await after(() => {
    tab.hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(handed.length, 1);
});

test("a report can be requested without a change", async (context) => {
  const { after, changes } = follow(context);
  const [{ added, hasRemovals }] = await after(() => changes.callSoon());
  assert.deepEqual([added.size, hasRemovals], [0, false]);
});

test("ending the scan ends the observation", async (context) => {
  const { after, end, find } = follow(context);
  find("one").append("more");
  await settle();
  end.abort();
  assert.deepEqual(await after(() => find("two").append("more")), []);
});
