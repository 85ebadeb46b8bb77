import assert from "node:assert/strict";
import test from "node:test";

import { openPage } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
run("content/text/flat-tree.js");
run("content/selection/reader-selection.js");
const { ReaderSelection } = globalThis;

/** A page with a shadow tree, and a selection from one node to another as the browser would show it. */
function page() {
  const { document } = openPage("<p id=one>One text</p><x-host id=host></x-host>");
  const host = document.querySelector("#host");
  const root = host.attachShadow({ mode: "open" });
  root.append("Inner text");
  const [outer, inner] = [document.querySelector("#one").firstChild, root.firstChild];
  /** The selection tells of its host only, unless its composed ranges are asked for. */
  const select = (start, startOffset, end, endOffset, hasComposedRanges = true) => {
    const shown = new Range();
    shown.selectNode(host);
    const composed = { startContainer: start, startOffset, endContainer: end, endOffset };
    document.getSelection = () => ({
      rangeCount: 1,
      getRangeAt: () => shown,
      getComposedRanges: hasComposedRanges ? ({ shadowRoots }) => (shadowRoots.includes(root) ? [composed] : []) : undefined,
    });
    return ReaderSelection.read([root]);
  };
  return { document, host, root, outer, inner, select };
}

test("a selection in a shadow tree is read from that tree", () => {
  const { inner, select } = page();
  const { range, cutHosts } = select(inner, 0, inner, 5);
  assert.deepEqual([String(range), cutHosts.size], ["Inner", 0]);
});

test("a selection that ends in a shadow tree reports the partly selected hosts", () => {
  const { outer, inner, host, select } = page();
  const { cutHosts } = select(outer, 0, inner, 5);
  assert.deepEqual([...cutHosts], [host]);
});

test("a collapsed or missing selection gives nothing", () => {
  const { document, inner, select } = page();
  assert.equal(select(inner, 2, inner, 2), null);
  document.getSelection = () => ({ rangeCount: 0 });
  assert.equal(ReaderSelection.read([]), null);
  document.getSelection = () => null;
  assert.equal(ReaderSelection.read([]), null);
});

test("without getComposedRanges the selection ends at the host", () => {
  const { host, outer, inner, select } = page();
  const { range } = select(outer, 0, inner, 5, false);
  assert.equal(range.startContainer, host.parentNode);
});

test("the hosts around a node come nearest first", () => {
  const { root, host, inner } = page();
  const deep = root.appendChild(document.createElement("x-deep"));
  deep.attachShadow({ mode: "open" }).append("Deep");
  assert.deepEqual(ReaderSelection.hostsOf(deep.shadowRoot.firstChild), [deep, host]);
  assert.deepEqual(ReaderSelection.hostsOf(inner), [host]);
});
