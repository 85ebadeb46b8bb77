// How a page is searched for text: shadow trees, time slices, and what is remembered within a task.

import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

show("");
runTextScripts();
run("content/scan/time-slice.js");
run("content/scan/text-finder.js");
const { TaskCache, TextFinder, TimeSlice } = globalThis;

/** Search a page; the ids of the owners, and the hosts of the shadow trees. */
async function search(document, { signal = new AbortController().signal } = {}) {
  const [owners, hosts] = [new Set(), []];
  const searching = new TextFinder((owner) => owners.add(owner.id), (root) => hosts.push(root.host.id), signal);
  await searching.search(document.body);
  return { owners: [...owners], hosts, searching };
}

test("owners are the block elements that hold text, even through inline elements", async () => {
  const { owners } = await search(show("<div id=outer> <p id=one>The <b>old</b> bridge</p> <p id=empty> </p></div>"));
  assert.deepEqual(owners, ["one"]);
});

test("excluded elements are skipped with their content, and the text after them is found", async () => {
  const { owners } = await search(
    show("<nav><ul><li id=in>Home page</li></ul></nav><div><form><p id=form>Name</p></form></div><p id=after>The text</p>"),
  );
  assert.deepEqual(owners, ["after"]);
});

test("nested open shadow trees are searched", async () => {
  const document = show("<x-outer id=outer></x-outer>");
  const [inner, deep] = ["x-inner", "p"].map((name) => document.createElement(name));
  document.querySelector("#outer").attachShadow({ mode: "open" }).append(inner);
  inner.attachShadow({ mode: "open" }).append(deep);
  Object.assign(inner, { id: "inner" });
  Object.assign(deep, { id: "deep", textContent: "The text" });
  const { owners, hosts } = await search(document);
  assert.deepEqual([owners, hosts], [["deep"], ["outer", "inner"]]);
});

test("a custom element that gets its shadow tree later is searched then", async () => {
  const document = show("<x-late id=late></x-late><x-gone id=gone></x-gone>");
  const { hosts, searching } = await search(document);
  await searching.searchFinished();
  assert.deepEqual(hosts, []);
  document.querySelector("#late").attachShadow({ mode: "open" });
  const gone = document.querySelector("#gone");
  gone.attachShadow({ mode: "open" });
  gone.remove();
  await searching.searchFinished();
  assert.deepEqual(hosts, ["late"]);
});

test("an aborted search finds nothing more", async () => {
  const { owners } = await search(show("<p id=one>The text</p>"), { signal: AbortSignal.abort() });
  assert.deepEqual(owners, []);
});

test("a time slice reads the clock once in eight calls, and ends after 8 ms", async (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const slice = new TimeSlice();
  const work = (pieces) => Array.from({ length: pieces }, () => slice.isOver());
  assert.deepEqual(work(8), Array(8).fill(false));
  now = 9;
  assert.deepEqual(work(8), [...Array(7).fill(false), true]);
  await slice.rest();
  assert.deepEqual(work(8), Array(8).fill(false));
});

test("a result is cached until the end of the task", async () => {
  const memory = new TaskCache();
  let asked = 0;
  const find = () => (asked += 1);
  assert.deepEqual([memory.get("a", find), memory.get("a", find), memory.get("b", find)], [1, 1, 2]);
  await Promise.resolve();
  assert.equal(memory.get("a", find), 3);
});

test("an ancestor's style is looked up once for all its descendants", () => {
  const document = show("<div id=outer><p id=one></p><p id=two></p></div>");
  const memory = new TaskCache();
  const asked = [];
  const has = (_style, element) => {
    asked.push(element.id);
    return element.id === "outer";
  };
  const isAround = (id) => TaskCache.isAround(memory, document.querySelector(id), has);
  assert.deepEqual([isAround("#one"), isAround("#two"), asked], [true, true, ["one", "outer", "two"]]);
});
