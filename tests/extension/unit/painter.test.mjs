import assert from "node:assert/strict";
import test from "node:test";

import { media, openPage } from "./browser.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

openPage();
runTextScripts();
for (const name of ["label-styles", "underline-geometry", "drawn-lines", "painter"]) {
  run(`content/marks/${name}.js`);
}
const { BlockText, Collector, Painter } = globalThis;

const TEXT = "The bridge is old. The mayor is new.";
const [FIRST, SECOND] = ["The bridge is old.", "The mayor is new."];
/** A browser in which highlights inherit from the root. */
const INHERITED = { textDecorationStyle: "wavy", textDecorationColor: "red", color: "red" };

/** A page with a paragraph, and a painter. */
function page({ body = `<p id=text>${TEXT}</p>`, highlightStyle = INHERITED } = {}) {
  const opened = openPage(body, { highlightStyle });
  media.matches = false;
  const painter = new Painter();
  const [block] = Collector.blocksOf(document.querySelector("#text"));
  let lastId = 0;
  const finding = (words, label = "false", of = block) => {
    const start = of.text.indexOf(words);
    return { id: ++lastId, label, block: of, statement: { start, end: start + words.length } };
  };
  const painted = () =>
    Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)]));
  return { ...opened, painter, block, finding, painted };
}

test("a finding is painted with its label's highlight, and the page's nodes do not change", () => {
  const { document, painter, finding, painted } = page();
  const before = document.documentElement.outerHTML;
  assert.equal(painter.paint(finding(FIRST)), true);
  assert.equal(painter.paint(finding(SECOND, "likely-true")), true);
  assert.deepEqual(painted(), {});
  painter.restore();
  assert.deepEqual(painted(), { "plumbline-false": [FIRST], "plumbline-likely-true": [SECOND] });
  assert.equal(document.adoptedStyleSheets.length, 1);
  assert.equal(document.documentElement.outerHTML, before);
});

test("text that is already painted is not painted again, not even in part", () => {
  const { painter, finding } = page();
  assert.deepEqual([FIRST, FIRST, "is old", SECOND].map((words) => painter.paint(finding(words))), [true, false, false, true]);
});

test("text that was removed or shortened is not painted", () => {
  const { document, painter, finding } = page();
  const [first, second] = [finding(FIRST), finding(SECOND)];
  document.querySelector("#text").firstChild.data = FIRST;
  assert.deepEqual([painter.paint(first), painter.paint(second)], [true, false]);
  document.querySelector("#text").remove();
  assert.equal(painter.paint(finding("bridge")), false);
});

test("removing the last mark removes its highlight and the style", () => {
  const { document, painter, finding, painted } = page();
  const [first, second] = [finding(FIRST), finding(SECOND, "true")];
  [first, second].forEach((one) => painter.paint(one));
  painter.restore();
  painter.unpaint(first);
  assert.deepEqual([painted(), document.adoptedStyleSheets.length], [{ "plumbline-true": [SECOND] }, 1]);
  painter.unpaint(second);
  assert.deepEqual([painted(), document.adoptedStyleSheets, painter.isEmpty], [{}, [], true]);
  assert.equal(painter.paint(first), true, "its words count as painted still");
});

test("highlights and styles that the page removed are restored", () => {
  const { document, painter, finding, painted } = page();
  painter.paint(finding(FIRST));
  painter.restore();
  CSS.highlights.clear();
  document.adoptedStyleSheets = [];
  painter.restore();
  assert.deepEqual([Object.keys(painted()), document.adoptedStyleSheets.length], [["plumbline-false"], 1]);
});

test("hidden marks, and those painted meanwhile, are not shown until the reader shows them again", () => {
  const { document, painter, finding, painted } = page();
  painter.paint(finding(FIRST));
  painter.restore();
  painter.hide(true);
  painter.paint(finding(SECOND, "true"));
  painter.restore();
  assert.deepEqual([painted(), document.adoptedStyleSheets, painter.isEmpty], [{}, [], true]);
  painter.hide(false);
  assert.deepEqual(painted(), { "plumbline-false": [FIRST], "plumbline-true": [SECOND] });
  assert.deepEqual([painter.isEmpty, document.adoptedStyleSheets.length], [false, 1]);
});

test("the style is added when findings are expected, and removed if none come", () => {
  const { document, painter } = page();
  painter.expect(true);
  assert.equal(document.adoptedStyleSheets.length, 1);
  painter.expect(false);
  assert.deepEqual(document.adoptedStyleSheets, []);
  painter.hide(true);
  painter.expect(true);
  assert.deepEqual(document.adoptedStyleSheets, []);
});

test("beyond 1,000 marks ranges are static, but still lead to their text", () => {
  const words = Array.from({ length: 1002 }, (_, index) => `w${index}`);
  const { painter, finding } = page({ body: `<p id=text>${words.join(" ")}</p>` });
  const findings = words.map((word) => finding(`${word}`));
  const exact = findings.map((one, index) => ({ ...one, statement: place(words, index) }));
  exact.forEach((one) => painter.paint(one));
  painter.restore();
  const ranges = [...CSS.highlights.get("plumbline-false")];
  assert.equal(ranges.filter((range) => range instanceof Range).length, 1000);
  assert.equal(ranges.filter((range) => range instanceof StaticRange).length, 2);
  assert.equal(String(painter.rangeOf(exact[1001])), "w1001");
  assert.equal(String(painter.rangeOf(exact[0])), "w0");
});

function place(words, index) {
  const start = words.slice(0, index).join(" ").length + (index > 0 ? 1 : 0);
  return { start, end: start + words[index].length };
}

test("a shadow tree gets the style where the browser does not inherit it, and loses it with the last mark", () => {
  for (const [highlightStyle, sheets] of [[INHERITED, 0], [{}, 1]]) {
    const { document, painter, finding } = page({ body: "<x-host id=host></x-host><p id=text>Some other text</p>", highlightStyle });
    const root = document.querySelector("#host").attachShadow({ mode: "open" });
    const paragraph = document.createElement("p");
    paragraph.append(TEXT);
    root.append(paragraph);
    const [block] = Collector.blocksOf(paragraph);
    const [first, second] = [finding(FIRST, "false", block), finding(SECOND, "false", block)];
    [first, second].forEach((one) => painter.paint(one));
    painter.restore();
    assert.equal(root.adoptedStyleSheets.length, sheets);
    painter.unpaint(first);
    assert.equal(root.adoptedStyleSheets.length, sheets, "a mark is left in it");
    painter.unpaint(second);
    assert.equal(root.adoptedStyleSheets.length, 0);
  }
});

test("a point finds the finding only where it lies on its words", () => {
  const { document, layout, painter, finding } = page();
  const [first, second] = [finding(FIRST), finding(SECOND)];
  [first, second].forEach((one) => painter.paint(one));
  document.caretPositionFromPoint = () => ({ offsetNode: document.querySelector("#text").firstChild });
  globalThis.Range.prototype.getClientRects = function () {
    return [String(this) === FIRST ? layout.range : { left: 400, right: 600, top: 100, bottom: 120 }];
  };
  assert.equal(painter.findingAt(150, 110), first);
  assert.equal(painter.findingAt(500, 110), second);
  assert.equal(painter.findingAt(350, 110), undefined, "the nearest text need not lie under the point");
  document.caretPositionFromPoint = () => null;
  assert.equal(painter.findingAt(150, 110), undefined);
});

test("where the browser paints solid blocks, highlights stay empty and lines are drawn instead", () => {
  const { document, painter, finding, painted } = page();
  const one = finding(FIRST);
  painter.paint(one);
  media.matches = true;
  Object.assign(INHERITED, { color: "black" });
  painter.restore();
  assert.deepEqual(painted(), { "plumbline-false": [] });
  const { left, right, top, bottom } = painter.rangeOf(one).getBoundingClientRect();
  assert.ok(left < right && top < bottom, "the range is lost");
  media.matches = false;
  Object.assign(INHERITED, { color: "red" });
  painter.restore();
  assert.deepEqual(painted(), { "plumbline-false": [FIRST] });
  assert.equal(document.querySelector("plumbline-lines"), null);
});

test("sweep removes an earlier run's highlights and styles, not the page's own", () => {
  const { document, painter, finding } = page();
  painter.paint(finding(FIRST));
  painter.restore();
  const own = new CSSStyleSheet();
  own.replaceSync("p { color: red; }");
  document.adoptedStyleSheets = [own, ...document.adoptedStyleSheets];
  CSS.highlights.set("search", new Highlight());
  document.body.append(document.createElement("plumbline-lines"));
  Painter.sweep();
  assert.deepEqual([[...CSS.highlights.keys()], document.adoptedStyleSheets], [["search"], [own]]);
  assert.equal(document.querySelector("plumbline-lines"), null);
});

test("an empty block has no ranges", () => {
  const { painter, finding } = page();
  assert.equal(painter.paint(finding("", "false", new BlockText())), false);
});
