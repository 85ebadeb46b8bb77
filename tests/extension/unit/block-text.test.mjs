import assert from "node:assert/strict";
import test from "node:test";

import { run } from "./extension-api.mjs";

const BlockText = run("content/text/block-text.js", "BlockText");

/** A text node as far as offsets go. */
const node = (data) => ({ data, length: data.length });

/** The block of some text nodes in a row. */
function blockOf(nodes, collapse = "collapse") {
  const block = new BlockText();
  nodes.forEach((one) => block.addText(one, 0, one.length, () => collapse));
  block.finish();
  return block;
}

/** What stands in the nodes where a part of the block came from. */
const source = (block, start, end) =>
  block
    .parts(start, end)
    .map(({ node: { data }, from, to }) => data.slice(from, to))
    .join("");

test("white space is collapsed as the browser collapses it", () => {
  assert.equal(blockOf([node("  One\n\t two "), node("  three  ")]).text, "One two three");
  assert.equal(blockOf([node(" a\n b ")], "preserve").text, " a\n b");
  assert.equal(blockOf([node("a  \n  b")], "preserve-breaks").text, "a\nb");
});

test("every piece of the block leads back to its own characters", () => {
  const texts = ["  The  old ", "bridge 🙂🙂\n", " carried ", "9,400", "  cars. "];
  const block = blockOf(texts.map(node));
  for (let start = 0; start < block.text.length; start += 1) {
    for (let end = start + 1; end <= block.text.length; end += 1) {
      const collapsed = source(block, start, end).replace(/[ \n]+/g, " ");
      assert.equal(collapsed, block.text.slice(start, end));
    }
  }
});

test("offsets count UTF-16 code units", () => {
  const block = blockOf([node("😀🎉 Café: "), node("𝔗rue.")]);
  const start = block.text.indexOf("𝔗");
  assert.equal(source(block, start, start + 2), "𝔗");
});

test("a line break without a node has no range", () => {
  const block = new BlockText();
  const [first, second] = [node("One "), node(" Two")];
  block.addText(first, 0, 4, () => "collapse");
  block.addLineBreak();
  block.addText(second, 0, 4, () => "collapse");
  block.finish();
  assert.equal(block.text, "One\nTwo");
  assert.equal(source(block, 0, 7), "OneTwo");
});

test("text after a gap gets a range of its own", () => {
  const block = new BlockText();
  block.addText(node("One"), 0, 3, () => "collapse");
  block.addGap();
  block.addText(node(" two"), 0, 4, () => "collapse");
  block.finish();
  assert.deepEqual(block.parts(0, 7).map(({ isApart }) => isApart), [false, true]);
});
