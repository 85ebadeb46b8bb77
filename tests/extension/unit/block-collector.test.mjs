import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { runTextScripts } from "./extension-api.mjs";

show("");
runTextScripts();
const { Collector, FlatTree, Readable } = globalThis;

/** The texts of the blocks that an element holds directly. */
const blocks = (document, selector = "#here") =>
  Collector.blocksOf(document.querySelector(selector)).map(({ text }) => text);

test("a block runs through inline elements", () => {
  const document = show("<p id=here>The <b>old</b> <a href='#'>brid<i>ge</i></a> carries cars.</p>");
  assert.deepEqual(blocks(document), ["The old bridge carries cars."]);
});

test("a block-level element ends a block and forms its own", () => {
  const document = show("<div id=here>Before it. <p id=inner>Inside it.</p> Behind it.</div>");
  assert.deepEqual(blocks(document), ["Before it.", "Behind it."]);
  assert.deepEqual(blocks(document, "#inner"), ["Inside it."]);
});

test("a br element is a line break", () => {
  assert.deepEqual(blocks(show("<p id=here>First line <br> Second line</p>")), ["First line\nSecond line"]);
});

test("unreadable content leaves a hole in its sentence", () => {
  const holes = ["<code>x = 1</code>", "<button>not</button>", "<span aria-hidden=true>not</span>", "<img alt='not' src='#'>"];
  for (const part of holes) {
    const document = show(`<p id=here>It rose ${part} by a third.</p>`);
    const [block, ...others] = Collector.blocksOf(document.querySelector("#here"));
    assert.deepEqual([block.text, others], ["It rose \ufffc by a third.", []], part);
    assert.equal(block.isWhole(0, block.text.length), false, part);
  }
});

test("content beside a sentence is skipped, and no range spans it", () => {
  const parts = [
    "<script>let x;</script>",
    "<span hidden>Not seen</span>",
    "<span style='display: none'>Not seen</span>",
    "<span style='display: block; position: absolute'>(opens in a new window)</span>",
    "<span aria-hidden=true>↗</span>",
    "<del>never</del>",
    "<sup><a href='#'>[4]</a></sup>",
  ];
  for (const part of parts) {
    const document = show(`<p id=here>It rose ${part} by a third.</p>`);
    const [block, ...others] = Collector.blocksOf(document.querySelector("#here"));
    assert.deepEqual([block.text, others], ["It rose by a third.", []], part);
    assert.equal(block.ranges(0, block.text.length).length, 2, part);
  }
});

test("a hole between two sentences belongs to neither", () => {
  const share = "<button>Share</button>";
  const read = (markup) => blocks(show(`<p id=here>${markup}</p>`));
  assert.deepEqual(read(`The library was sold. ${share} The bridge was closed.`), [
    "The library was sold. \n The bridge was closed.",
  ]);
  assert.deepEqual(read(`${share} The library was sold. ${share}`), ["The library was sold."]);
  assert.deepEqual(read(`${share} no library was sold`), ["\ufffcno library was sold"]);
  assert.deepEqual(read(`Nobody but Sen. ${share} Smith was asked`), ["Nobody but Sen. \ufffc Smith was asked"]);
});

test("a line continues in the next one if that begins in lower case", () => {
  const read = (markup) => blocks(show(`<p id=here>${markup}</p>`));
  assert.deepEqual(read("The library<br>was sold."), ["The library was sold."]);
  assert.deepEqual(read("The library <br><br> was sold."), ["The library\n\nwas sold."]);
  assert.deepEqual(read("Monday.<br>eBay was sold."), ["Monday.\neBay was sold."]);
  assert.deepEqual(read("The library<br>Monday"), ["The library\nMonday"]);
});

test("invisible text is not read", () => {
  assert.deepEqual(blocks(show("<p id=here>Seen <span style='visibility: hidden'>unseen</span></p>")), ["Seen"]);
});

test("a shadow tree is read instead of its host's children, and slots show their assigned nodes", () => {
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

test("a text that is too long for the server is split", () => {
  const sentence = "The council sold the library again. ";
  const count = Math.ceil((1.5 * Readable.LONGEST_BLOCK) / sentence.length);
  const texts = blocks(show(`<p id=here>${`<i>${sentence}</i>`.repeat(count)}</p>`));
  assert.equal(texts.length, 2);
  assert.ok(texts.every(({ length }) => length <= Readable.LONGEST_BLOCK));
  assert.equal(texts.join(" ").length, count * sentence.length - 1);
});

test("a selection over several paragraphs becomes one text with a line per paragraph", () => {
  const document = show("<p id=first>One bridge.</p><input value='typed'><p id=last>Two bridges.</p>");
  const range = document.createRange();
  range.setStart(document.querySelector("#first").firstChild, 4);
  range.setEnd(document.querySelector("#last").firstChild, 11);
  assert.equal(Collector.blockOfRange(range, new Set()).text, "bridge.\nTwo bridges");
});

test("menus, forms and editors are skipped, a form around the whole page is not", () => {
  const document = show(`<form id=page><main><p id=text>Text.</p><nav><p id=menu>Menu</p></nav>
    <form id=asks><p id=question>Name?</p></form><div contenteditable="true"><p id=typed>Draft</p></div></main></form>
    <form><p id=field>Search</p></form>`);
  const isPassedOver = (id) => Readable.isInsideNotScanned(document.querySelector(id));
  assert.deepEqual(["#text", "#menu", "#field"].map(isPassedOver), [false, true, true]);
});

test("a text needs three words, or six characters in scripts without spaces", () => {
  assert.deepEqual(["Read more", "The bridge fell", "橋が昨日", "橋が昨日落ちた。", "9,400 — 12 %"].map(Readable.isWorthChecking), [
    false,
    true,
    false,
    true,
    false,
  ]);
});
