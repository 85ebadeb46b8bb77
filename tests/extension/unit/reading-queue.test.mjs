// Which texts are judged first, and what is remembered of those that were.

import assert from "node:assert/strict";
import test from "node:test";

import { IntersectionObserver, openPage } from "./browser.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

openPage();
runTextScripts();
run("content/scan/time-slice.js");
run("content/scan/reading-queue.js");
const { Collector, ReadingQueue } = globalThis;

/** A page of paragraphs and a queue; what is hidden has the class `hidden`. */
function queueOf(body) {
  const { document } = openPage(body);
  const counts = { sorted: 0 };
  const forgotten = [];
  const end = new AbortController();
  Collector.isVisible = (owner) => !owner.classList.contains("hidden");
  const queue = new ReadingQueue(() => (counts.sorted += 1), (reading) => forgotten.push(reading), end.signal);
  const [look, untilShown] = IntersectionObserver.all;
  const find = (...ids) => ids.map((id) => document.getElementById(id));
  const add = (...ids) => find(...ids).forEach((owner) => queue.add(owner));
  const taken = () => (queue.take() ?? []).map(({ owner }) => owner.id);
  return { queue, look, untilShown, find, add, taken, counts, forgotten, end, document };
}
const paragraph = (id, text = "The old bridge was sold.", attributes = "") => `<p id=${id} ${attributes}>${text}</p>`;

test("text near the window is judged first, in the order in which it was found", () => {
  const { queue, look, find, add, taken, counts } = queueOf(["a", "b", "c", "d"].map((id) => paragraph(id)).join(""));
  add("a", "b", "c", "d");
  assert.equal(queue.take(), null, "nothing is known of their places yet");
  look.fire(find("a", "c"), false);
  look.fire(find("b", "d"), true);
  assert.equal(counts.sorted, 2);
  const portion = queue.take();
  assert.deepEqual(portion.map(({ owner, isNear }) => [owner.id, isNear]), [["b", true], ["d", true], ["a", false], ["c", false]]);
  assert.deepEqual([taken(), queue.isWaiting], [[], false]);
});

test("an owner is observed only until its position is known", () => {
  const { look, find, add } = queueOf(paragraph("a") + paragraph("b"));
  add("a", "b", "a");
  assert.equal(look.observed.size, 2);
  look.fire(find("a"), true);
  assert.deepEqual([...look.observed].map(({ id }) => id), ["b"]);
  look.fire(find("b"), true);
  assert.equal(look.observed.size, 0);
});

test("visible text comes in small portions, the rest in large ones", () => {
  const ids = Array.from({ length: 400 }, (_, index) => `p${index}`);
  const { queue, look, find, add } = queueOf(ids.map((id) => paragraph(id)).join(""));
  const sizes = () => {
    const made = [];
    for (let portion = queue.take(); portion; portion = queue.take()) {
      if (portion.length > 0) {
        made.push(portion.length);
      }
    }
    return made;
  };
  const clock = performance.now;
  performance.now = () => 0;
  try {
    add(...ids);
    look.fire(find(...ids), true);
    assert.equal(Math.max(...sizes()), 48);
    ids.forEach((id) => queue.readAgain(find(id)[0]));
    look.fire(find(...ids), false);
    assert.deepEqual(sizes(), [256, 144]);
  } finally {
    performance.now = clock;
  }
});

test("the amount of text in a portion is limited", () => {
  const long = "The old bridge was sold. ".repeat(500);
  const ids = ["a", "b", "c", "d"];
  const { queue, look, find, add } = queueOf(ids.map((id) => paragraph(id, long)).join(""));
  add(...ids);
  look.fire(find(...ids), false);
  const sizes = [queue.take(), queue.take()].map((portion) => portion.length);
  assert.deepEqual(sizes, [3, 1]);
});

test("a text with too few words is read but not judged", () => {
  const { look, find, add, taken, queue } = queueOf(paragraph("a", "Old bridge"));
  add("a");
  look.fire(find("a"), true);
  assert.deepEqual([taken(), queue.hasChanged(find("a")[0])], [[], false]);
});

test("a hidden owner is observed until it is shown", () => {
  const { queue, look, untilShown, find, add, taken } = queueOf(paragraph("a", undefined, "class=hidden"));
  add("a");
  look.fire(find("a"), false);
  assert.deepEqual(taken(), []);
  assert.deepEqual(queue.hiddenOwners.map(({ id }) => id), ["a"]);
  find("a")[0].className = "";
  untilShown.fire(find("a"), false);
  assert.equal(queue.isWaiting, false);
  untilShown.fire(find("a"), true);
  assert.deepEqual([taken(), queue.hiddenOwners], [["a"], []]);
  assert.equal(untilShown.observed.size, 0);
});

test("a hidden element that joins the surrounding text is read with it", () => {
  const body = "<p id=whole>The old bridge <span id=part class=hidden style='display: block'>was sold again</span></p>";
  const { queue, look, untilShown, find, add, taken } = queueOf(body);
  add("part");
  look.fire(find("part"), false);
  assert.deepEqual(taken(), []);
  find("part")[0].style.display = "inline";
  untilShown.fire(find("part"), true);
  assert.deepEqual(queue.owners.map(({ id }) => id), ["whole"]);
});

test("after scrolling, far owners are checked again, once for many scroll events", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { queue, look, find, add, taken } = queueOf(paragraph("a") + paragraph("b"));
  add("a", "b");
  look.fire(find("a"), false);
  look.fire(find("b"), false);
  queue.lookAgainSoon();
  queue.lookAgainSoon();
  assert.equal(look.observed.size, 0);
  context.mock.timers.tick(200);
  assert.equal(look.observed.size, 2);
  look.fire(find("b"), true);
  assert.deepEqual(taken(), ["b", "a"]);
});

test("a forgotten owner returns its reading and is not judged", () => {
  const { queue, look, find, add, taken, forgotten } = queueOf(paragraph("a"));
  add("a");
  look.fire(find("a"), true);
  const [{ reading }] = queue.take();
  reading.ids.push(7);
  assert.deepEqual(queue.paintedOwners.map(({ id }) => id), ["a"]);
  queue.forget(find("a")[0]);
  assert.deepEqual([forgotten, queue.has(find("a")[0]), queue.paintedOwners, taken()], [[reading], false, [], []]);
});

test("an answer about a text that changed meanwhile is not current", () => {
  const { queue, look, find, add } = queueOf(paragraph("a"));
  add("a");
  look.fire(find("a"), true);
  const [block] = queue.take();
  assert.equal(queue.isCurrent(block), true);
  queue.readAgain(find("a")[0]);
  assert.equal(queue.isCurrent(block), false);
});

test("a text that changed in length after it was read is noticed", () => {
  const { queue, look, find, add } = queueOf(paragraph("a"));
  const [owner] = find("a");
  add("a");
  assert.equal(queue.hasChanged(owner), false, "it was not read yet");
  look.fire([owner], true);
  queue.take();
  assert.equal(queue.hasChanged(owner), false);
  owner.append(" Nobody was asked.");
  assert.equal(queue.hasChanged(owner), true);
});

test("blocks that were not judged are queued again, unless they changed", () => {
  const { queue, look, find, add, taken } = queueOf(paragraph("a") + paragraph("b"));
  add("a", "b");
  look.fire(find("a", "b"), true);
  const portion = queue.take();
  queue.forget(find("b")[0]);
  queue.putBack(portion);
  look.fire(find("a"), true);
  assert.deepEqual(taken(), ["a"]);
});

test("ending the scan disconnects all observers", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { queue, look, untilShown, find, add, end } = queueOf(paragraph("a") + paragraph("b"));
  add("a", "b");
  look.fire(find("b"), false);
  queue.lookAgainSoon();
  end.abort();
  context.mock.timers.tick(1000);
  assert.deepEqual([look.observed.size, untilShown.observed.size], [0, 0]);
});
