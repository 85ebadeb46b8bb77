import assert from "node:assert/strict";
import test from "node:test";

import { media, openPage } from "./browser.mjs";
import { load, run } from "./extension-api.mjs";

openPage();
await load("shared/vocabulary.js");
run("content/text/flat-tree.js");
run("content/marks/label-styles.js");
run("content/marks/underline-geometry.js");
run("content/marks/drawn-lines.js");
const { LABEL_STYLES, LabelStyleSheet, LINE_SHAPES } = globalThis;

/** A page in a browser that says so of the style of a highlight. */
function style(highlightStyle = { textDecorationStyle: "wavy" }) {
  const { document } = openPage("<p></p>", { highlightStyle });
  media.matches = false;
  const made = new LabelStyleSheet();
  made.addTo(document);
  return { made, text: () => document.adoptedStyleSheets[0].text, document };
}

test("every label that can be painted has a style and a line of its own shape", () => {
  const painted = vocabulary.LABELS.filter((label) => label !== "no-claim").sort();
  assert.deepEqual([LABEL_STYLES, LINE_SHAPES].map((one) => Object.keys(one).sort()), [painted, painted]);
  const shapes = Object.values(LABEL_STYLES).map(({ underline }) => underline.split(" ").slice(0, 2).join(" "));
  assert.equal(new Set(shapes).size, painted.length, "two labels differ by their colour alone");
  const order = Object.entries(LABEL_STYLES).sort(([, a], [, b]) => b.priority - a.priority).map(([label]) => label);
  assert.deepEqual(order, vocabulary.LABELS.filter((label) => label !== "no-claim"), "what says most lies on top");
});

test("where highlights are inherited, the root alone has the style", () => {
  const { made, text, document } = style();
  assert.match(text(), /:root::highlight\(plumbline-false\) \{ text-decoration: underline wavy/);
  const root = document.body.attachShadow({ mode: "open" });
  made.addTo(root);
  assert.deepEqual(root.adoptedStyleSheets, []);
});

test("where highlights are not inherited, the style applies to every element and each shadow tree", () => {
  const { made, text, document } = style({});
  assert.doesNotMatch(text(), /:root/);
  const root = document.body.attachShadow({ mode: "open" });
  made.addTo(root);
  assert.deepEqual(root.adoptedStyleSheets, document.adoptedStyleSheets);
});

test("a tree gets the style once and keeps its own when it is removed", () => {
  const { made, document } = style();
  const own = new CSSStyleSheet();
  document.adoptedStyleSheets = [own, ...document.adoptedStyleSheets];
  made.addTo(document);
  assert.equal(document.adoptedStyleSheets.length, 2);
  made.removeFrom(document);
  assert.deepEqual(document.adoptedStyleSheets, [own]);
});

test("marks are printed only if the reader chooses", () => {
  const { made, text } = style();
  assert.match(text(), /^@media screen \{/);
  made.print(true);
  assert.match(text(), /^@media screen, print \{/);
  made.print(false);
  assert.match(text(), /^@media screen \{/);
});

test("in forced colours there is no tint and lines do not skip ink", () => {
  const [, forced] = style().text().split("@media (forced-colors: active)");
  assert.match(forced, /background-color: transparent; text-decoration-skip-ink: none/);
  assert.doesNotMatch(forced, /rgb/);
});

test("a browser that paints blocks is recognised by its line colour, only in forced colours", () => {
  const seen = (textDecorationColor) => ({ textDecorationStyle: "wavy", textDecorationColor, color: "black" });
  const paintsBlocks = (highlightStyle, isForced) => {
    const { made } = style(highlightStyle);
    media.matches = isForced;
    return made.paintsBlocks;
  };
  assert.equal(paintsBlocks(seen("red"), true), true);
  assert.equal(paintsBlocks(seen("black"), true), false, "the line has the colour of the text, as in Firefox");
  assert.equal(paintsBlocks(seen("red"), false), false);
});
