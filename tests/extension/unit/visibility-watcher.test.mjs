import assert from "node:assert/strict";
import test from "node:test";

import { openPage, settle } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
run("shared/auto-scan.js");
for (const name of ["flat-tree", "task-cache", "readable", "block-text", "inline-part", "collector"]) {
  run(`content/text/${name}.js`);
}
run("content/scan/time-slice.js");
run("content/scan/visibility-watcher.js");
const { Collector, VisibilityWatcher } = globalThis;

const BODY = `<p id=hidden class=off>The bridge</p><p id=shown>The bridge</p><p id=found>The bridge</p>
  <p id=gone class=off>The bridge</p><p id=private><textarea></textarea></p><div id=outer><b id=inner>Bold</b></div>`;

/** A page with a queue that notes what it is told. */
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
  const told = [];
  const queue = {
    hiddenOwners: hidden.map(find),
    paintedOwners: found.map(find),
    hasChanged: (owner) => other.includes(owner.id),
    shown: ({ id }) => told.push(`shown ${id}`),
    forget: ({ id }) => told.push(`forget ${id}`),
    readAgain: ({ id }) => told.push(`again ${id}`),
  };
  const end = new AbortController();
  const world = { costOfLook: 0 };
  const sight = new VisibilityWatcher(queue, end.signal);
  const wait = async (milliseconds) => {
    now += milliseconds;
    context.mock.timers.tick(milliseconds);
    await settle();
    return told.splice(0);
  };
  return { sight, wait, find, end, world, document, told };
}

test("what waited to be seen is told of once it is, and not before", async (context) => {
  const { sight, wait, find } = watch(context, { hidden: ["hidden", "shown"] });
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["shown shown"]);
  find("hidden").className = "";
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["shown hidden", "shown shown"]);
});

test("what has gone from sight, or reads otherwise by now, is read another time", async (context) => {
  const { sight, wait } = watch(context, { found: ["found", "gone", "shown"], other: ["shown"] });
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["again gone", "again shown"]);
});

test("what the page removed or made an editor of is forgotten", async (context) => {
  const { sight, wait, find } = watch(context, { found: ["found", "private"], hidden: ["shown"] });
  find("private").setAttribute("role", "textbox");
  [find("found"), find("shown")].forEach((element) => element.remove());
  sight.lookSoon();
  assert.deepEqual(await wait(200), ["forget found", "forget private"]);
});

test("around what was restyled the text is looked at, also that of the element around it", async (context) => {
  const { sight, wait, find } = watch(context, { other: ["outer"] });
  sight.lookSoon([find("inner")]);
  assert.deepEqual(await wait(200), ["again outer"]);
});

test("after a transition, a choice or a click there may be something else to see", async (context) => {
  const { wait, document } = watch(context, { hidden: ["shown"] });
  for (const type of ["transitionend", "animationend", "change", "toggle", "click"]) {
    document.body.dispatchEvent(new Event(type, { bubbles: true }));
    assert.deepEqual(await wait(200), ["shown shown"], type);
  }
});

test("many reasons within a moment make one look", async (context) => {
  const { sight, wait } = watch(context, { hidden: ["shown"] });
  sight.lookSoon();
  assert.deepEqual(await wait(100), []);
  sight.lookSoon();
  assert.deepEqual(await wait(100), ["shown shown"]);
  assert.deepEqual(await wait(1000), []);
});

test("a look that was expensive is not repeated before it has cost a twentieth of the time", async (context) => {
  const { sight, wait, world } = watch(context, { hidden: ["shown"] });
  world.costOfLook = 100;
  sight.lookSoon();
  await wait(200);
  sight.lookSoon();
  assert.deepEqual(await wait(1900), []);
  assert.deepEqual(await wait(200), ["shown shown"]);
});

test("with the scan the looking ends", async (context) => {
  const { sight, wait, end, document } = watch(context, { hidden: ["shown"] });
  sight.lookSoon();
  end.abort();
  document.body.dispatchEvent(new Event("click", { bubbles: true }));
  sight.lookSoon();
  assert.deepEqual(await wait(1000), []);
});
