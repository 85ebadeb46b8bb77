// A page that is scanned: the server is the test, and so is the window.

import assert from "node:assert/strict";

import { IntersectionObserver, openPage, settle } from "./browser.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

openPage();
runTextScripts();
globalThis.DrawnLines = { NAME: "plumbline-lines" };
for (const name of ["page-changes", "time-slice", "text-finder", "reading-queue", "visibility-watcher", "page-scan"]) {
  run(`content/scan/${name}.js`);
}
const { Collector, PageScan } = globalThis;

const LABELS = ["false", "true"];
/** The background's answer when no server answers. */
export const FAILURE = { ok: false, failure: { kind: "unreachable", address: "", detail: "" } };
/** A paragraph with a sentence of its own. */
export const paragraph = (id) => `<p id=${id}>The old bridge of ${id} was sold.</p>`;
const statementOf = (text) => ({ start: 0, end: text.length, label: "false" });

/** A page that is scanned; `tick` lets time pass, `show` tells where the waiting texts are. */
export async function scan(context, body, { hasFollowers = false, isHidden = false } = {}) {
  const { document } = openPage(body);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  context.mock.method(performance, "now", () => now);
  Collector.isVisible = (owner) => !owner.classList.contains("hidden");
  globalThis.StatementVisibility = { visible: (_block, statements) => statements };
  const tab = { isHidden };
  Object.defineProperty(document, "hidden", { get: () => tab.isHidden });
  const line = { closed: 0 };
  globalThis.messages = {
    openConnection: () => ({
      ask: async () => undefined,
      close() {
        line.closed += 1;
      },
    }),
  };
  const asked = [];
  const background = {
    check: (purpose, texts) => new Promise((answer) => asked.push({ purpose, texts, answer })),
  };
  const [painted, removed, expected] = [[], [], []];
  let reports = 0;
  let lastId = 0;
  const findings = {
    hasFollowers,
    add(judged, _verdict, labels) {
      assert.equal(labels, LABELS);
      return judged.map(({ block, statements }) => {
        painted.push(block.text);
        return statements.map(() => ++lastId);
      });
    },
    remove: (ids, statements) => removed.push([[...ids], statements.length]),
    expect: (isExpected) => expected.push(isExpected),
    reportSoon: () => (reports += 1),
  };
  const page = new PageScan(background, findings, LABELS);
  const tick = async (milliseconds = 0) => {
    // what the page changed is noticed first
    await settle();
    now += milliseconds;
    context.mock.timers.tick(milliseconds);
    for (let turn = 0; turn < 5; turn += 1) {
      await settle();
      context.mock.timers.tick(0);
    }
  };
  const [look] = IntersectionObserver.all;
  const show = async (isNear) => {
    look.fire([...look.observed], isNear);
    await tick();
  };
  const answer = async (index, changes) => {
    const { texts, answer: give } = asked[index];
    give(changes ?? { ok: true, model: "first", address: "", factChecks: null, blocks: texts.map((text) => [statementOf(text)]) });
    await tick();
  };
  await tick();
  const find = (id) => document.getElementById(id);
  return { document, page, tick, show, answer, find, asked, painted, removed, expected, line, tab, look, reportCount: () => reports };
}
