import assert from "node:assert/strict";
import test from "node:test";

import { openPage, settle } from "./browser.mjs";
import { run, runTextScripts } from "./extension-api.mjs";

openPage();
runTextScripts();
run("content/scan/time-slice.js");
run("content/scan/visibility-watcher.js");
const { Collector, VisibilityWatcher } = globalThis;

const BODY = `<p id=hidden class=off>The bridge</p><p id=shown>The bridge</p><p id=found>The bridge</p>
  <p id=gone class=off>The bridge</p><p id=private><textarea></textarea></p><div id=outer><b id=inner>Bold</b></div>`;

/** A page with a queue that records its calls. */
function watch(context, { hidden = [], found = [], other = [] } = {}) {
  const { document } = openPage(BODY);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  context.mock.method(performance, "now", () => now);
  Collector.isVisible = (owner) => {
    now += world.costOfLook;
    return !owner.classList.contains("off");
  };
  const find = (id) => document.getElementById(id);
  const calls = [];
  const queue = {
    hiddenOwners: hidden.map(find),
    paintedOwners: found.map(find),
    hasChanged: (owner) => other.includes(owner.id),
    shown: ({ id }) => calls.push(`shown ${id}`),
    forget: ({ id }) => calls.push(`forget ${id}`),
    readAgain: ({ id }) => calls.push(`again ${id}`),
  };
  const end = new AbortController();
  const world = { costOfLook: 0 };
  const sight = new VisibilityWatcher(queue, end.signal);
  const wait = async (milliseconds) => {
    now += milliseconds;
    context.mock.timers.tick(milliseconds);
    await settle();
    return calls.splice(0);
  };
  return { sight, wait, find, end, world, document, calls };
}

test("a hidden owner is reported once it is visible, and not before", async (context) => {
  const { sight, wait, find } = watch(context, { hidden: ["hidden", "shown"] });
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["shown shown"]);
  find("hidden").className = "";
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["shown hidden", "shown shown"]);
});

test("painted text that disappeared or changed is read again", async (context) => {
  const { sight, wait } = watch(context, { found: ["found", "gone", "shown"], other: ["shown"] });
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["again gone", "again shown"]);
});

test("removed or editable elements are forgotten", async (context) => {
  const { sight, wait, find } = watch(context, { found: ["found", "private"], hidden: ["shown"] });
  find("private").setAttribute("role", "textbox");
  [find("found"), find("shown")].forEach((element) => element.remove());
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["forget found", "forget private"]);
});

test("the text in and around a restyled element is checked", async (context) => {
  const { sight, wait, find } = watch(context, { other: ["outer"] });
  sight.lookSoon([find("inner")]);
  assert.deepEqual(await wait(200), ["again outer"]);
});

test("transitions, changes and clicks trigger a check", async (context) => {
  const { wait, document } = watch(context, { hidden: ["shown"] });
  for (const type of ["transitionend", "animationend", "change", "toggle", "click"]) {
    document.body.dispatchEvent(new Event(type, { bubbles: true }));
    assert.deepEqual(await wait(200), ["shown shown"], type);
  }
});

test("many triggers within a moment cause one check", async (context) => {
  const { sight, wait } = watch(context, { hidden: ["shown"] });
  sight.lookSoon();
  assert.deepEqual(await wait(100), []);
  sight.lookSoon();
  assert.deepEqual(await wait(100), ["shown shown"]);
  assert.deepEqual(await wait(1000), []);
});

test("an expensive check is delayed until it costs at most 5 % of the time", async (context) => {
  const { sight, wait, world } = watch(context, { hidden: ["shown"] });
  world.costOfLook = 100;
  sight.lookSoon();
  await wait(200);
  sight.lookSoon();
  assert.deepEqual(await wait(1900), []);
  assert.deepEqual(await wait(200), ["shown shown"]);
});

test("ending the scan ends the checks", async (context) => {
  const { sight, wait, end, document } = watch(context, { hidden: ["shown"] });
  sight.lookSoon();
  end.abort();
  document.body.dispatchEvent(new Event("click", { bubbles: true }));
  sight.lookSoon();
  assert.deepEqual(await wait(1000), []);
});
