// What a reader sees otherwise than it was read: words that a style sheet adds, and lines through a text.

import assert from "node:assert/strict";
import test from "node:test";

import { openPage } from "./browser.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

openPage();
runTextScripts();
run("content/text/statement-visibility.js");
const { Collector, StatementVisibility } = globalThis;

const NONE = { content: "none", display: "inline", position: "static" };

/**
 * The words of the statements that are left of a paragraph. `added` holds what a style sheet adds, such as
 * `"b::after": '" not"'`; jsdom knows no pseudo-elements.
 */
function seen(body, statements, { added = {}, change = () => undefined, labels = ["false"], style = {} } = {}) {
  const { document } = openPage(body);
  const plain = globalThis.getComputedStyle;
  globalThis.getComputedStyle = (element, pseudo) => {
    const content = pseudo && (added[`${element.id || element.localName}${pseudo}`] ?? NONE);
    return content ? { ...NONE, ...(typeof content === "string" ? { content } : content), ...style } : plain(element);
  };
  globalThis.window.getComputedStyle = globalThis.getComputedStyle;
  const [block] = Collector.blocksOf(document.querySelector("p"));
  change(document);
  const found = statements.map(([words, label = "false"]) => {
    const start = block.text.indexOf(words);
    assert.notEqual(start, -1, block.text);
    return { start, end: start + words.length, label };
  });
  return StatementVisibility.visible(block, found, labels).map(({ start, end }) => block.text.slice(start, end));
}
const SOLD = "The bridge was sold.";
const OLD = "The mayor is old.";
const TWO = `<p id=p>${SOLD} <b id=b>${OLD}</b></p>`;

test("statements that are visible as they were read are kept", () => {
  assert.deepEqual(seen(TWO, [[SOLD], [OLD]]), [SOLD, OLD]);
});

test("a statement with a hole in it is dropped, whatever its label", () => {
  const body = "<p>The bridge was <button>never</button> sold. The mayor is old.</p>";
  const hole = "The bridge was \ufffc sold.";
  assert.deepEqual(seen(body, [[hole], [hole, "no-claim"], [OLD]]), [OLD]);
});

test("words added by a style sheet remove the statement they touch, and no other", () => {
  assert.deepEqual(seen(TWO, [[SOLD], [OLD]], { added: { "b::after": '" not"' } }), [SOLD]);
  assert.deepEqual(seen(TWO, [[SOLD], [OLD]], { added: { "p::before": '"It is false that "' } }), [OLD]);
});

test("generated content without words, or elsewhere, removes nothing", () => {
  for (const style of [
    { content: '"»"' },
    { content: '" not"', display: "none" },
    { content: '" not"', position: "absolute" },
    { content: "normal" },
    { content: "url(icon.svg)" },
  ]) {
    assert.deepEqual(seen(TWO, [[OLD]], { added: { "b::after": style } }), [OLD], JSON.stringify(style));
  }
});

test("words added to an empty element beside a statement count as well", () => {
  const body = "<p>The bridge was sold<i id=i></i></p>";
  assert.deepEqual(seen(body, [["The bridge was sold"]], { added: { "i::after": '" never"' } }), []);
});

test("a line through the paragraph or an ancestor removes the statement", () => {
  const struck = (where) => seen(`<div ${where === "div" ? STRUCK : ""}><p ${where === "p" ? STRUCK : ""}>${SOLD}</p></div>`, [[SOLD]]);
  const STRUCK = 'style="text-decoration-line: line-through"';
  assert.deepEqual([struck("div"), struck("p"), struck("")], [[], [], [SOLD]]);
});

test("statements whose label is not shown are not checked", () => {
  assert.deepEqual(seen(TWO, [[OLD, "no-claim"]], { added: { "b::after": '" not"' } }), [OLD]);
});

test("a text that left the page is kept, for the painter to reject", () => {
  const change = (document) => document.querySelector("b").remove();
  assert.deepEqual(seen(TWO, [[OLD]], { change, added: { "b::after": '" not"' } }), [OLD]);
});
