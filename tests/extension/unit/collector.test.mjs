import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./page.mjs";
import { run } from "./world.mjs";

show("");
run("shared/every-page.js");
run("content/text/flat-tree.js");
run("content/text/readable.js");
run("content/text/block-text.js");
run("content/text/collector.js");
const { Collector, FlatTree, Readable } = globalThis;

/** The texts of the blocks that an element holds directly. */
const blocks = (document, selector = "#here") =>
  Collector.blocksOf(document.querySelector(selector)).map(({ text }) => text);

test("a block runs through inline elements", () => {
  const document = show("<p id=here>The <b>old</b> <a href='#'>brid<i>ge</i></a> carries cars.</p>");
  assert.deepEqual(blocks(document), ["The old bridge carries cars."]);
});

test("a block-level element ends a block, and its text is its own", () => {
  const document = show("<div id=here>Before it. <p id=inner>Inside it.</p> Behind it.</div>");
  assert.deepEqual(blocks(document), ["Before it.", "Behind it."]);
  assert.deepEqual(blocks(document, "#inner"), ["Inside it."]);
});

test("a line break is one", () => {
  assert.deepEqual(blocks(show("<p id=here>First line <br> second line</p>")), ["First line\nsecond line"]);
});

test("what is no statement is left out, and no range runs across it", () => {
  const left = ["<code>x = 1</code>", "<button>Press</button>", "<script>let x;</script>", "<span hidden>Not seen</span>"];
  for (const part of [...left, "<span style='display: none'>Not seen</span>", "<span aria-hidden=true>Not heard</span>"]) {
    const document = show(`<p id=here>It rose ${part} by a third.</p>`);
    const [block, ...others] = Collector.blocksOf(document.querySelector("#here"));
    assert.deepEqual([block.text, others], ["It rose by a third.", []], part);
    assert.equal(block.ranges(0, block.text.length).length, 2, part);
  }
});

test("text that is invisible is not read", () => {
  assert.deepEqual(blocks(show("<p id=here>Seen <span style='visibility: hidden'>unseen</span></p>")), ["Seen"]);
});

test("a shadow tree is read in place of what its host holds, and slots show what was put into them", () => {
  const document = show("<my-box id=here>Put in.</my-box>");
  const host = document.querySelector("#here");
  host.attachShadow({ mode: "open" }).innerHTML = "<p>Around: <slot></slot></p>";
  const paragraph = host.shadowRoot.querySelector("p");
  assert.deepEqual(Collector.blocksOf(paragraph).map(({ text }) => text), ["Around: Put in."]);
  assert.equal(Collector.ownerOf(FlatTree.parent(host.firstChild)), paragraph);
});

test("the owner of a text is the nearest element that is not inline", () => {
  const document = show("<article><p id=here>A <em>very <b id=deep>deep</b></em> word.</p></article>");
  assert.equal(Collector.ownerOf(document.querySelector("#deep")), document.querySelector("#here"));
});

test("a text that is too long for the server is taken in pieces", () => {
  const sentence = "The council sold the library again. ";
  const count = Math.ceil((1.5 * Readable.LONGEST_BLOCK) / sentence.length);
  const texts = blocks(show(`<p id=here>${`<i>${sentence}</i>`.repeat(count)}</p>`));
  assert.equal(texts.length, 2);
  assert.ok(texts.every(({ length }) => length <= Readable.LONGEST_BLOCK));
  assert.equal(texts.join(" ").length, count * sentence.length - 1);
});

test("a selection over paragraphs is one text with a line for each", () => {
  const document = show("<p id=first>One bridge.</p><input value='typed'><p id=last>Two bridges.</p>");
  const range = document.createRange();
  range.setStart(document.querySelector("#first").firstChild, 4);
  range.setEnd(document.querySelector("#last").firstChild, 11);
  assert.equal(Collector.blockOfRange(range, new Set()).text, "bridge.\nTwo bridges");
});

test("menus, forms and editors are passed over, a form around the whole page is not", () => {
  const document = show(`<form id=page><main><p id=text>Text.</p><nav><p id=menu>Menu</p></nav>
    <form id=asks><p id=question>Name?</p></form><div contenteditable="true"><p id=typed>Draft</p></div></main></form>
    <form><p id=field>Search</p></form>`);
  const isPassedOver = (id) => Readable.isInsideNotScanned(document.querySelector(id));
  assert.deepEqual(["#text", "#menu", "#field"].map(isPassedOver), [false, true, true]);
});

test("few words are no statement, in scripts without spaces few signs", () => {
  assert.deepEqual(["Read more", "The bridge fell", "橋が昨日", "橋が昨日落ちた。", "9,400 — 12 %"].map(Readable.isWorthChecking), [
    false,
    true,
    false,
    true,
    false,
  ]);
});
