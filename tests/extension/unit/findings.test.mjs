import assert from "node:assert/strict";
import test from "node:test";

import { run } from "./extension-api.mjs";

const heard = new EventTarget();
globalThis.addEventListener = heard.addEventListener.bind(heard);
run("content/marks/findings.js");
run("content/marks/finding-navigator.js");
const { FindingNavigator, Findings } = globalThis;

const TEXT = "The bridge is old. The mayor is new. The bridge is old.";
const BLOCK = { text: TEXT };
const [FIRST, SECOND, AGAIN] = [[0, 18], [19, 36], [37, 55]];
const VERDICT = { model: "first", address: "", factChecks: null };
const LABELS = ["false", "true"];
const statement = ([start, end], label = "false") => ({ start, end, label });

/** Paints everything but what the page does not show any more. */
function frame({ gone = [] } = {}) {
  const painted = new Set();
  const painter = {
    paint: (finding) => !gone.includes(finding.statement) && Boolean(painted.add(finding)),
    unpaint: (finding) => painted.delete(finding),
    restore: () => undefined,
    expect: () => undefined,
    marksIn: () => [...painted].map((finding) => ({ finding, from: finding.statement.start })),
    rangeOf: () => undefined,
  };
  globalThis.FlatTree = { texts: () => ["the only text node"] };
  globalThis.document = {};
  const reports = [];
  const end = new AbortController();
  const findings = new Findings(painter, (report) => reports.push(report), end.signal);
  const add = (...statements) => findings.add([{ block: BLOCK, statements }], VERDICT, LABELS)[0];
  const shown = () => findings.summary().findings.map(({ text, label }) => `${label}: ${text}`);
  return { findings, painter, painted, reports, end, add, shown };
}

test("what is painted is listed in the page's order, the rest only counted", () => {
  const { add, findings, shown } = frame();
  assert.equal(add(statement(SECOND, "true"), statement(FIRST), statement(AGAIN, "unsure")).length, 2);
  assert.deepEqual(shown(), ["false: The bridge is old.", "true: The mayor is new."]);
  assert.deepEqual(findings.summary().counts, { true: 1, false: 1, unsure: 1 });
});

test("a statement that cannot be painted is counted but not a finding", () => {
  const one = statement(FIRST);
  const { add, findings, shown } = frame({ gone: [one] });
  assert.deepEqual(add(one), []);
  assert.deepEqual([shown(), findings.summary().counts], [[], { false: 1 }]);
});

test("a removed finding loses its mark and its count", () => {
  const { add, findings, painted } = frame();
  const [one, two] = [statement(FIRST), statement(SECOND)];
  const [id] = add(one, two);
  findings.remove([id, 99], [one]);
  assert.deepEqual([painted.size, findings.get(id), findings.summary().counts.false], [1, undefined, 1]);
});

test("a dismissed statement loses its marks everywhere, and is not painted again", () => {
  const { add, findings, shown } = frame();
  add(statement(FIRST), statement(SECOND), statement(AGAIN));
  findings.dismiss("The bridge is old.");
  assert.deepEqual(shown(), ["false: The mayor is new."]);
  assert.deepEqual(add(statement(FIRST)), []);
});

test("a revised statement is painted with its new label, or not at all", () => {
  const { add, findings, painted, shown } = frame();
  const [one, two] = [statement(FIRST), statement(SECOND)];
  add(one, two);
  findings.revise(one, statement(FIRST, "true"), LABELS);
  findings.revise(two, statement(SECOND, "unsure"), LABELS);
  assert.deepEqual(shown(), ["true: The bridge is old."]);
  assert.equal(painted.size, 1);
  assert.deepEqual(findings.summary().counts, { false: 0, true: 1, unsure: 1 });
});

test("changes are reported together, the first report is marked as such, and none comes after the end", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { add, end, findings, reports } = frame();
  let followed = 0;
  const list = new AbortController();
  findings.follow(() => (followed += 1), list.signal);
  add(statement(FIRST));
  add(statement(SECOND));
  context.mock.timers.tick(1000);
  assert.deepEqual([reports, followed], [[{ first: true, count: 2 }], 1]);
  list.abort();
  assert.equal(findings.hasFollowers, false);
  add(statement(AGAIN));
  context.mock.timers.tick(1000);
  assert.deepEqual([reports.at(-1), followed], [{ first: false, count: 3 }, 1]);
  end.abort();
  findings.dismiss("The mayor is new.");
  context.mock.timers.tick(1000);
  assert.equal(reports.length, 2);
});

test("a page restored from the back/forward cache reports its count again", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { add, reports } = frame();
  const comeBack = () => heard.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  comeBack();
  assert.deepEqual(reports, []);
  add(statement(FIRST));
  context.mock.timers.tick(1000);
  comeBack();
  assert.deepEqual(reports.at(-1), { first: false, count: 1 });
});

/** Steps through three findings; those that are named have left the page. */
function walk(gone = []) {
  const { add, findings, painter } = frame();
  const ids = add(statement(FIRST), statement(SECOND, "true"), statement(AGAIN));
  Object.assign(globalThis, { innerHeight: 600, scrollBy: () => undefined });
  const range = { startContainer: {}, getBoundingClientRect: () => ({ top: 10, bottom: 30 }) };
  painter.rangeOf = ({ id }) => (gone.includes(ids.indexOf(id)) ? undefined : range);
  const opened = [];
  const card = { show: ([one], _block, _verdict, { takesFocus }) => opened.push([one.start, takesFocus]) };
  const navigator = new FindingNavigator(findings, painter, card);
  return { navigator, opened, ids, findings };
}

test("next and previous wrap around and take the focus", () => {
  const { navigator, opened } = walk();
  [1, 1, 1, 1].forEach((direction) => navigator.step(direction));
  assert.deepEqual(opened, [[0, true], [19, true], [37, true], [0, true]]);
  navigator.step(-1);
  assert.deepEqual(opened.at(-1), [37, true]);
});

test("the first step back leads to the last finding", () => {
  const { navigator, opened } = walk();
  navigator.step(-1);
  assert.deepEqual(opened, [[37, true]]);
});

test("steps go on from the finding that was opened with the pointer", () => {
  const { navigator, opened, ids, findings } = walk();
  navigator.open(findings.get(ids[1]));
  navigator.step(1);
  assert.deepEqual(opened, [[19, false], [37, true]]);
});

test("a finding that has left the page is not opened", () => {
  const { navigator, opened, ids } = walk([1]);
  navigator.jump(ids[1]);
  navigator.jump(99);
  assert.deepEqual(opened, []);
});
