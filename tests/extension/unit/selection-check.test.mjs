// What becomes of a selection: checked, offered, called too short, or left alone.

import assert from "node:assert/strict";
import test from "node:test";

import { click, openPage, settle } from "./browser.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

openPage();
globalThis.words = (key, ...parts) => [key, ...parts].join(" ");
for (const name of ["shared/browser", "shared/addresses", "shared/vocabulary", "shared/settings"]) {
  run(`${name}.js`);
}
runTextScripts();
run("content/card/card-elements.js");
run("content/card/card-failure.js");
run("content/selection/reader-selection.js");
run("content/selection/selection-check.js");
const { SelectionCheck } = globalThis;
globalThis.StatementVisibility = { visible: (_block, statements) => statements };

const BODY = `<p id=claim>The old bridge was sold to the mayor.</p><p id=two>Old bridge</p><p id=one>Bridge</p>
  <div id=editor contenteditable>The old bridge was sold to the mayor.</div>
  <p id=half>The bridge was <button>never</button> sold.</p><p id=long></p>`;
const HERE = "http://127.0.0.1:8642";
const STATEMENT = { start: 0, end: 10, label: "false" };

/** A page in which the reader selects; the test answers what is asked. */
function reader(current = {}) {
  const { document } = openPage(BODY);
  globalThis.HTMLElement.prototype.isContentEditable = false;
  Object.defineProperty(document.querySelector("#editor"), "isContentEditable", { value: true });
  document.querySelector("#long").textContent = "word ".repeat(5000);
  const shown = [];
  const card = {
    isOpen: false,
    show(state, content, options) {
      card.isOpen = true;
      const [first] = content;
      shown.push({ state, text: first.textContent, first, ...options });
    },
  };
  const asked = [];
  const added = [];
  const removed = [];
  const background = {
    check: (purpose, texts) => new Promise((answer) => asked.push({ purpose, texts, answer })),
  };
  const findings = {
    add(judged, verdict, labels) {
      added.push({ judged, verdict, labels });
      return [[added.length]];
    },
    remove: (ids, statements) => removed.push([...ids, ...statements]),
  };
  const verdicts = [];
  const statementCard = { show: (statements, _block, answer, options) => verdicts.push({ statements, answer, ...options }) };
  const check = new SelectionCheck({
    background,
    findings,
    card,
    statementCard,
    settings: () => settings.complete(current),
    shadowRoots: () => [],
  });
  const select = (selector) => {
    document.getSelection().selectAllChildren(document.querySelector(selector));
    check.onSelected();
  };
  const answer = async (index, changes = {}) => {
    asked[index].answer({ ok: true, model: "first", factChecks: null, address: HERE, blocks: [[STATEMENT]], ...changes });
    await settle();
  };
  return { document, check, select, answer, card, shown, asked, added, removed, verdicts };
}

test("a selection is checked, painted and shown without taking the focus", async () => {
  const { select, answer, asked, added, verdicts } = reader();
  select("#claim");
  const [{ purpose, texts }] = asked;
  assert.deepEqual([purpose, texts], ["selection", ["The old bridge was sold to the mayor."]]);
  await answer(0);
  assert.deepEqual(added[0].judged[0].statements, [STATEMENT]);
  assert.deepEqual(added[0].labels, ["false", "mixed", "true", "likely-false", "likely-true"]);
  const [{ statements, takesFocus }] = verdicts;
  assert.deepEqual([statements, takesFocus, verdicts[0].purpose], [[STATEMENT], false, "selection"]);
});

test("two words are called too short, a single word is ignored", () => {
  const { select, asked, shown } = reader();
  select("#one");
  assert.deepEqual([asked, shown], [[], []]);
  select("#two");
  assert.deepEqual([asked.length, shown[0].state, shown[0].text], [0, "notice", "notice_too_short"]);
});

test("neither text in an editor nor an empty selection is sent", () => {
  const { check, document, select, asked, shown } = reader();
  select("#editor");
  document.getSelection().removeAllRanges();
  check.onSelected();
  assert.deepEqual([asked, shown], [[], []]);
});

test("a selection that is too long is not sent, and the card says so", async () => {
  const { select, asked, shown } = reader();
  select("#long");
  await settle();
  assert.deepEqual([asked.length, shown[0].state], [0, "notice"]);
  assert.match(shown[0].text, /^notice_too_much 20.?000$/);
});

test("with \"ask first\" a button appears, and only the reader can press it", () => {
  const { select, asked, shown } = reader({ askFirst: true });
  select("#claim");
  const [{ state, first }] = shown;
  assert.deepEqual([state, first.textContent, asked], ["chip", "chip", []]);
  first.click();
  assert.deepEqual(asked, [], "a script pressed it");
  click(first);
  assert.equal(asked.length, 1);
});

test("for a server on another machine a button with its name appears first", () => {
  const { select, asked, shown } = reader({ serverAddress: "https://check.example" });
  select("#claim");
  assert.deepEqual([shown[0].text, asked], ["chip_remote check.example", []]);
});

test("pressing the button by keyboard moves the focus into the card", async () => {
  const { select, answer, shown, verdicts } = reader({ askFirst: true });
  select("#claim");
  click(shown[0].first, { detail: 0 });
  await answer(0);
  assert.equal(verdicts[0].takesFocus, true);
});

test("a slow answer is announced", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { select, answer, shown, verdicts } = reader();
  select("#claim");
  context.mock.timers.tick(199);
  assert.deepEqual(shown, []);
  context.mock.timers.tick(1);
  assert.deepEqual([shown[0].state, shown[0].text], ["checking", "notice_checking"]);
  await answer(0);
  assert.equal(verdicts.length, 1);
});

test("a fast answer is not announced", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { select, answer, shown } = reader();
  select("#claim");
  await answer(0);
  context.mock.timers.tick(1000);
  assert.deepEqual(shown, []);
});

test("closing the card while checking drops the verdict", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { select, answer, card, added, verdicts } = reader();
  select("#claim");
  context.mock.timers.tick(300);
  card.isOpen = false;
  await answer(0);
  assert.deepEqual([added, verdicts], [[], []]);
});

test("answers out of order never show an earlier selection", async () => {
  const { select, answer, asked, verdicts, added } = reader();
  select("#claim");
  select("#half");
  const last = { ...STATEMENT, end: 3 };
  await answer(1, { blocks: [[last]] });
  await answer(0);
  assert.deepEqual([asked.length, verdicts.map(({ statements }) => statements), added.length], [2, [[last]], 1]);
});

test("an answer is dropped when the reader left the selection", async () => {
  const { check, select, answer, added, verdicts } = reader();
  select("#claim");
  check.onLeft();
  await answer(0);
  assert.deepEqual([added, verdicts], [[], []]);
});

test("an answer after the extension was removed is dropped", async () => {
  const { select, asked, shown, verdicts } = reader();
  select("#claim");
  asked[0].answer(null);
  await settle();
  assert.deepEqual([shown, verdicts], [[], []]);
});

test("a failure is shown instead of a verdict, and paints nothing", async () => {
  const { select, asked, added, shown } = reader();
  select("#claim");
  asked[0].answer({ ok: false, failure: { kind: "unreachable", address: HERE, detail: "" } });
  await settle();
  assert.deepEqual([shown[0].state, shown[0].first.dataset.kind, added], ["failure", "unreachable", []]);
});

test("a new check removes what the previous one painted and counted", async () => {
  const { check, select, answer, removed } = reader();
  select("#claim");
  await answer(0);
  removed.length = 0;
  select("#half");
  assert.deepEqual(removed, [[1, STATEMENT]]);
  check.clear();
  assert.deepEqual(removed.at(-1), []);
});

test("the command checks without asking first and takes the focus", async () => {
  const { check, document, answer, asked, verdicts } = reader({ askFirst: true });
  document.getSelection().selectAllChildren(document.querySelector("#claim"));
  check.onCommand();
  assert.equal(asked.length, 1);
  await answer(0);
  assert.equal(verdicts[0].takesFocus, true);
});

test("the command without a selection shows a hint in the middle of the window", () => {
  const { check, shown } = reader();
  check.onCommand();
  const [{ text, takesFocus, anchor }] = shown;
  assert.deepEqual([text, takesFocus, anchor().left], ["notice_select_first", true, 500]);
});
