import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { run } from "./extension-api.mjs";

show("");
run("shared/auto-scan.js");
run("content/text/flat-tree.js");
run("content/marks/underline-geometry.js");
run("content/marks/drawn-lines.js");
const { UnderlineGeometry, LINE_SHAPES } = globalThis;

/** jsdom has no layout: every text is 100 wide and 20 high, beside the one before it, and each box as its element says. */
function lay(body, covers = []) {
  const document = show(`<style>* { overflow-x: visible; overflow-y: visible; }</style>${body}`);
  Object.assign(globalThis, { innerWidth: 800, innerHeight: 600, Node: document.defaultView.Node });
  const box = (element) => JSON.parse(element.dataset.box);
  const rectangle = ([left, top, width, height]) => ({ left, top, right: left + width, bottom: top + height });
  document.elementFromPoint = () => covers.map((selector) => document.querySelector(selector))[0] ?? document.body;
  globalThis.Element.prototype.getBoundingClientRect = function () {
    return rectangle(box(this));
  };
  globalThis.Range.prototype.getClientRects = function () {
    const block = this.startContainer.parentElement.closest("p");
    const texts = document.createTreeWalker(block, globalThis.NodeFilter.SHOW_TEXT);
    let before = 0;
    while (texts.nextNode() && texts.currentNode !== this.startContainer) before += 1;
    const [left, top] = box(block);
    return [rectangle([left + 100 * before, top, 100, 20])];
  };
  return document;
}

/** The lines under all that an element says. */
function lines(document, selector) {
  const range = document.createRange();
  const texts = document.createTreeWalker(document.querySelector(selector), globalThis.NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (texts.nextNode()) nodes.push(texts.currentNode);
  range.setStart(nodes[0], 0);
  range.setEnd(nodes.at(-1), nodes.at(-1).length);
  return new UnderlineGeometry().of(range);
}

test("a line lies under its words", () => {
  const document = lay("<p id=here data-box='[10, 50, 0, 0]'>The old bridge</p>");
  assert.deepEqual(lines(document, "#here"), [{ left: 10, right: 110, y: 70 }]);
});

test("a line goes on under a link", () => {
  const document = lay("<p id=here data-box='[10, 50, 0, 0]'>The <a>old bridge</a></p>");
  assert.deepEqual(lines(document, "#here"), [{ left: 10, right: 210, y: 70 }]);
});

test("text that a box clips gets no line, or a shorter one", () => {
  const words = "<p id=here data-box='[10, 50, 0, 0]'>The old bridge</p>";
  const body = (box) => `<div style="overflow-y: auto" data-box='${box}'>${words}</div>`;
  assert.deepEqual(lines(lay(body("[0, 0, 800, 40]")), "#here"), []);
  assert.deepEqual(lines(lay(body("[0, 0, 60, 400]")), "#here"), [{ left: 10, right: 60, y: 70 }]);
});

test("text far outside the window gets no line", () => {
  assert.deepEqual(lines(lay("<p id=here data-box='[10, 1300, 0, 0]'>The old bridge</p>"), "#here"), []);
});

test("a sticky header hides a line; elements that scroll along and ancestors of the text do not", () => {
  const words = (id) => `<p id=${id} data-box='[10, 50, 0, 0]'>The old bridge</p>`;
  const body = `<header style="position: sticky">${words("in")}</header><a id=cover></a>${words("here")}`;
  assert.deepEqual(lines(lay(body, ["header"]), "#here"), []);
  assert.equal(lines(lay(body, ["#cover"]), "#here").length, 1);
  assert.equal(lines(lay(body, ["header"]), "#in").length, 1);
});

test("a range whose nodes the page has separated gets no line", () => {
  const document = lay("<p data-box='[0, 0, 0, 0]' id=one>One</p><p data-box='[0, 0, 0, 0]' id=two>Two</p>");
  const [one, two] = ["#one", "#two"].map((selector) => document.querySelector(selector).firstChild);
  const torn = { startContainer: two, startOffset: 0, endContainer: one, endOffset: 3 };
  assert.deepEqual(new UnderlineGeometry().of(torn), []);
  document.querySelector("#one").remove();
  assert.deepEqual(new UnderlineGeometry().of({ startContainer: one, startOffset: 0, endContainer: one, endOffset: 3 }), []);
});

test("each label has a shape of its own, as long as its line", () => {
  const line = { left: 0, right: 12, y: 5 };
  const shapes = Object.values(LINE_SHAPES).map(({ path, width, dashes }) => `${path(line)} ${width} ${dashes}`);
  assert.equal(new Set(shapes).size, shapes.length);
  assert.equal(LINE_SHAPES.true.path(line), "M0 5H12");
  assert.equal(LINE_SHAPES.mixed.path(line), "M0 3.5H12M0 6.5H12");
  assert.equal(LINE_SHAPES.false.path(line), "M0 5q2 -5 4 0t4 0t4 0");
});
