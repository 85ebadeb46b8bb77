import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./extension-api.mjs";

let calls = 0;
globalThis.browser.runtime = { getPlatformInfo: () => (calls += 1) };
const { keepAliveFor } = await load("background/keep-alive.js");

const SECONDS = 1000;

/** A promise and what settles it. */
function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

test("the keep-alive calls continue until the last task settles or fails", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const [one, other] = [deferred(), deferred()];
  const tasks = [keepAliveFor(one.promise), keepAliveFor(other.promise)];
  context.mock.timers.tick(25 * SECONDS);
  assert.equal(calls, 2);
  one.resolve("done");
  assert.equal(await tasks[0], "done");
  context.mock.timers.tick(10 * SECONDS);
  assert.equal(calls, 3);
  other.reject(new Error("failed"));
  await assert.rejects(tasks[1], /failed/);
  context.mock.timers.tick(60 * SECONDS);
  assert.equal(calls, 3);
});

test("a later task restarts the keep-alive calls", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const before = calls;
  const task = deferred();
  const running = keepAliveFor(task.promise);
  context.mock.timers.tick(10 * SECONDS);
  assert.equal(calls, before + 1);
  task.resolve();
  await running;
});
