import assert from "node:assert/strict";
import test from "node:test";

import { drawFrame, openPage, settle } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
run("shared/auto-scan.js");
run("content/text/flat-tree.js");
run("content/marks/drawn-lines.js");
const { DrawnLines } = globalThis;

/** Lines under what is marked; the shadow tree is closed, so it is caught when it is made. */
function lines(context, { width = 100, left = 0, top = 0, marked = { false: [[10, 50, 30]] } } = {}) {
  const { document, window, layout } = openPage("<p>Text</p>");
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const clock = { now: 0, costOfDrawing: 0 };
  context.mock.method(performance, "now", () => clock.now);
  let root;
  const { attachShadow } = window.Element.prototype;
  window.Element.prototype.attachShadow = function (init) {
    root = attachShadow.call(this, init);
    return root;
  };
  window.Element.prototype.getBoundingClientRect = () => ({ left, top, width });
  let drawings = 0;
  globalThis.UnderlineGeometry = class {
    constructor() {
      drawings += 1;
    }
    of([from, to, y]) {
      clock.now += clock.costOfDrawing;
      return [{ left: from, right: to, y }];
    }
  };
  const highlights = new Map(Object.entries(marked));
  const drawn = new DrawnLines(highlights);
  const draw = async () => {
    await settle();
    context.mock.timers.tick(0);
    drawings = 0;
    drawFrame(layout);
    return drawings;
  };
  const wait = (milliseconds) => {
    clock.now += milliseconds;
    context.mock.timers.tick(milliseconds);
  };
  const paths = () =>
    Object.fromEntries([...root.querySelectorAll("path")].map((path) => [path.dataset.label, path.getAttribute("d")]));
  const host = () => document.querySelector("plumbline-lines");
  return { document, drawn, draw, paths, highlights, clock, host, root: () => root, wait };
}

test("each label has its path, in a closed shadow tree that lets clicks through", async (context) => {
  const { drawn, draw, paths, host, root } = lines(context, { marked: { true: [[10, 50, 30], [0, 5, 60]] } });
  drawn.show();
  await draw();
  assert.equal(paths().true, "M10 30H50M0 60H5");
  assert.equal(paths().false, "");
  assert.equal(host().shadowRoot, null);
  assert.match(root().adoptedStyleSheets[0].text, /pointer-events: none !important/);
  assert.match(root().adoptedStyleSheets[0].text, /@media print \{ :host \{ display: none/);
});

test("lines stand under their text however the page is moved or zoomed", async (context) => {
  const { drawn, draw, paths } = lines(context, { width: 200, left: 10, top: 20, marked: { true: [[30, 70, 40]] } });
  drawn.show();
  await draw();
  assert.equal(paths().true, "M10 10H30");
});

test("the shapes differ: a wave, two lines, dashes and dots", async (context) => {
  const marked = Object.fromEntries(["false", "mixed", "likely-false"].map((label) => [label, [[0, 8, 10]]]));
  const { drawn, draw, paths, root } = lines(context, { marked });
  drawn.show();
  await draw();
  assert.deepEqual([paths().false, paths().mixed], ["M0 10q2 -5 4 0t4 0", "M0 8.5H8M0 11.5H8"]);
  assert.equal(root().querySelector("[data-label=likely-false]").getAttribute("stroke-dasharray"), "6 4");
});

test("page changes, scrolling and resizing redraw the lines once a frame", async (context) => {
  const { document, drawn, draw, paths, highlights } = lines(context);
  drawn.show();
  await draw();
  await draw(); // the lines themselves are a change of the page
  assert.equal(await draw(), 0, "nothing has changed");
  highlights.set("false", [[20, 24, 30]]);
  [1, 2].forEach(() => document.dispatchEvent(new Event("scroll")));
  document.querySelector("p").append("more");
  assert.equal(await draw(), 1);
  assert.equal(paths().false, "M20 30q2 -5 4 0");
});

test("after a slow drawing the next one waits nine times as long", async (context) => {
  const { drawn, draw, clock, wait } = lines(context);
  clock.costOfDrawing = 10;
  drawn.show();
  await draw();
  drawn.drawSoon();
  wait(89);
  assert.equal(await draw(), 0);
  wait(1);
  assert.equal(await draw(), 1);
});

test("in a modal dialog the lines are drawn inside it", async (context) => {
  const { document, drawn, draw, host } = lines(context);
  const dialog = document.body.appendChild(document.createElement("dialog"));
  const { querySelectorAll } = document;
  document.querySelectorAll = (selector) => (selector === "dialog:modal" ? [dialog] : querySelectorAll.call(document, selector));
  drawn.show();
  await draw();
  assert.equal(host().parentNode, dialog);
});

test("hidden lines are removed and not drawn until they are shown", async (context) => {
  const { document, drawn, draw, host } = lines(context);
  drawn.show();
  await draw();
  drawn.hide();
  assert.equal(host(), null);
  document.dispatchEvent(new Event("scroll"));
  drawn.drawSoon();
  assert.equal(await draw(), 0);
  drawn.show();
  await draw();
  assert.ok(host());
});
