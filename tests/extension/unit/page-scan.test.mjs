// Auto-scan from the page to the findings.

import assert from "node:assert/strict";
import test from "node:test";

import { FAILURE, paragraph, scan } from "./scanned-page.mjs";

test("the page's texts are judged, painted and reported", async (context) => {
  const { page, show, answer, asked, painted, expected, reportCount } = await scan(context, paragraph("one") + paragraph("two"));
  assert.equal(page.isBusy, true);
  await show(true);
  const [{ purpose, texts }] = asked;
  assert.deepEqual([purpose, texts.length, painted], ["page", 2, []]);
  assert.deepEqual(expected, [true], "the style was not brought while the server is at work");
  await answer(0);
  assert.deepEqual([painted, page.isBusy], [texts, false]);
  assert.ok(reportCount() > 0);
});

test("excluded elements are not sent", async (context) => {
  const { show, asked } = await scan(context, `<nav><p>The menu of the old bridge</p></nav>${paragraph("one")}`);
  await show(true);
  assert.deepEqual(asked[0].texts, ["The old bridge of one was sold."]);
});

test("visible findings are painted at once, the rest at the end or on request", async (context) => {
  const ids = Array.from({ length: 300 }, (_, index) => `far${index}`);
  const { page, show, answer, asked, painted, look, tick, find } = await scan(context, paragraph("near") + ids.map(paragraph).join(""));
  look.fire([find("near")], true);
  await tick();
  await show(false);
  await answer(0);
  assert.deepEqual([asked.length, painted], [2, ["The old bridge of near was sold."]]);
  await answer(1);
  assert.equal(painted.length, 1, "Chromium would look over the whole page again");
  page.paint();
  assert.equal(painted.length, 1 + asked[1].texts.length);
  await answer(2);
  assert.equal(painted.length, 301, "at the end everything is painted");
});

for (const [hasFollowers, patience] of [[true, 4000], [false, 10_000]]) {
  test(`what is not seen is painted after ${patience / 1000} s while a list is ${hasFollowers ? "" : "not "}open`, async (context) => {
    const ids = Array.from({ length: 800 }, (_, index) => `far${index}`);
    const { page, show, answer, tick, painted } = await scan(context, ids.map(paragraph).join(""), { hasFollowers });
    page.paint();
    await show(false);
    await answer(0);
    await tick(patience - 100);
    await answer(1);
    assert.deepEqual(painted, []);
    await tick(200);
    await answer(2);
    assert.ok(painted.length > 0);
  });
}

test("scrolling paints pending answers", async (context) => {
  const ids = Array.from({ length: 300 }, (_, index) => `far${index}`);
  const { page, show, answer, document, painted } = await scan(context, ids.map(paragraph).join(""));
  page.paint();
  await show(false);
  await answer(0);
  assert.deepEqual(painted, []);
  document.dispatchEvent(new Event("scroll"));
  assert.equal(painted.length, 256);
});

test("a text that changes while the server judges it is not painted, but read again once it rests", async (context) => {
  const { show, answer, find, tick, asked, painted } = await scan(context, paragraph("one"));
  await show(true);
  find("one").firstChild.data = "The new bridge was sold to nobody.";
  await tick(200);
  await answer(0);
  assert.deepEqual(painted, []);
  await tick(200);
  await show(true);
  assert.deepEqual(asked[1].texts, ["The new bridge was sold to nobody."]);
  await answer(1);
  assert.deepEqual(painted, ["The new bridge was sold to nobody."]);
});

test("a text that keeps changing, such as a clock, is not sent again", async (context) => {
  const { show, answer, find, tick, asked, look } = await scan(context, paragraph("one"));
  await show(true);
  await answer(0);
  for (let second = 0; second < 10; second += 1) {
    find("one").firstChild.data = `The old bridge was sold ${second} seconds ago.`;
    await tick(200);
    look.fire([...look.observed], true);
  }
  assert.equal(asked.length, 1);
});

test("only added text is judged later", async (context) => {
  const { show, answer, document, tick, asked, painted } = await scan(context, paragraph("one"));
  await show(true);
  await answer(0);
  document.body.insertAdjacentHTML("beforeend", `${paragraph("two")}<nav><p>The menu of the bridge</p></nav>`);
  await tick(200);
  await show(true);
  assert.deepEqual(asked[1].texts, ["The old bridge of two was sold."]);
  await answer(1);
  assert.equal(painted.length, 2);
});

test("removed text is forgotten with its findings", async (context) => {
  const { show, answer, find, tick, removed } = await scan(context, paragraph("one") + paragraph("two"));
  await show(true);
  await answer(0);
  find("one").remove();
  await tick(200);
  assert.deepEqual(removed, [[[1], 1]]);
});

test("a page with too many changes is read from the start", async (context) => {
  const { show, answer, document, tick, removed, asked } = await scan(context, paragraph("one"));
  await show(true);
  await answer(0);
  document.body.insertAdjacentHTML("beforeend", "<i></i>".repeat(1001) + paragraph("two"));
  await tick(200);
  assert.deepEqual(removed, [[[1], 1]]);
  await show(true);
  assert.equal(asked[1].texts.length, 2);
});

test("a server that does not answer is asked again after 5 s, then after twice as long", async (context) => {
  const { page, show, answer, tick, asked, look } = await scan(context, paragraph("one"));
  const comesAfter = async (milliseconds) => {
    const before = asked.length;
    look.fire([...look.observed], true);
    await tick(milliseconds - 1);
    assert.equal(asked.length, before, "it was asked too early");
    assert.equal(page.isBusy, false, "nothing goes on meanwhile");
    await tick(1);
    assert.equal(asked.length, before + 1);
  };
  await show(true);
  await answer(0, FAILURE);
  await comesAfter(5_000);
  await answer(1, FAILURE);
  await comesAfter(10_000);
  await answer(2);
  assert.equal(page.isBusy, false);
});

test("returning to the page asks the server at once", async (context) => {
  const { page, show, answer, look, tick, asked, painted } = await scan(context, paragraph("one"));
  await show(true);
  await answer(0, FAILURE);
  look.fire([...look.observed], true);
  page.resume();
  await tick();
  assert.equal(asked.length, 2);
  await answer(1);
  assert.equal(painted.length, 1);
});

test("nothing is sent while the tab is hidden", async (context) => {
  const { show, document, tab, tick, asked } = await scan(context, paragraph("one"), { isHidden: true });
  await show(true);
  assert.deepEqual(asked, []);
  tab.isHidden = false;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  await tick();
  assert.equal(asked.length, 1);
});

test("ending a scan forgets everything and drops pending answers", async (context) => {
  const { page, show, answer, document, tick, asked, painted, removed, line, expected } = await scan(
    context,
    paragraph("one") + paragraph("two"),
  );
  await show(true);
  await answer(0);
  document.body.insertAdjacentHTML("beforeend", paragraph("three"));
  await tick(200);
  await show(true);
  const { closed } = line;
  page.destroy();
  assert.equal(line.closed, closed + 1);
  await answer(1);
  assert.deepEqual([painted.length, removed.map(([ids]) => ids)], [2, [[1], [2], []]]);
  assert.equal(expected.at(-1), false);
  document.body.insertAdjacentHTML("beforeend", paragraph("four"));
  await tick(1000);
  assert.equal(asked.length, 2);
});
