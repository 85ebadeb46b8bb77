import assert from "node:assert/strict";
import test from "node:test";

import { run } from "./extension-api.mjs";

run("content/background-client.js");
const { BackgroundClient } = globalThis;

const ANSWER = { ok: true, model: "first", factChecks: null, address: "", blocks: [] };

/** A background that gives one answer after the other; `undefined` if it was stopped, an error if it is gone. */
function background(...answers) {
  const world = { asked: [], isCutOff: false, closed: 0, cutOff: 0 };
  const ask = async (message) => {
    world.asked.push(message);
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  globalThis.messages = {
    ask,
    isCutOff: () => world.isCutOff,
    openConnection: () => ({ ask, close: () => (world.closed += 1) }),
  };
  return { world, client: new BackgroundClient(() => (world.cutOff += 1)) };
}

test("a check that was interrupted is asked once more", async () => {
  const { world, client } = background(undefined, ANSWER);
  assert.equal(await client.check("selection", ["Text"]), ANSWER);
  assert.deepEqual(world.asked, Array(2).fill({ type: "check", purpose: "selection", texts: ["Text"] }));
});

test("a check that was interrupted twice has failed", async () => {
  const { world, client } = background(undefined, undefined, ANSWER);
  const { ok, failure } = await client.check("page", ["Text"]);
  assert.deepEqual([ok, failure.kind, world.asked.length, world.cutOff], [false, "interrupted", 2, 0]);
});

test("when the extension is gone there is no answer, and the callback runs", async () => {
  const { world, client } = background(new Error("Extension context invalidated."), undefined);
  world.isCutOff = true;
  assert.equal(await client.check("page", ["Text"]), null);
  assert.equal(world.cutOff, 1);
});

test("feedback without a receiver has no answer", async () => {
  const { client } = background(new Error("Extension context invalidated."));
  assert.equal(await client.sendFeedback({ statement: "Text" }), null);
});

test("closing the card closes the connection of its pending question", async () => {
  const { world, client } = background(undefined);
  let answer;
  globalThis.messages.openConnection = () => ({
    ask: () => new Promise((resolve) => (answer = resolve)),
    close() {
      world.closed += 1;
      answer();
    },
  });
  const card = new AbortController();
  const asking = client.weighWords({ text: "Text", start: 0, end: 4 }, card.signal);
  card.abort();
  assert.equal(await asking, undefined);
  assert.ok(world.closed > 0);
});

test("an answered question removes its abort listener", async () => {
  const { world, client } = background({ ok: false });
  const card = new AbortController();
  assert.deepEqual(await client.judge({ text: "Text", start: 0, end: 4 }, card.signal), { ok: false });
  const { closed } = world;
  card.abort();
  assert.equal(world.closed, closed);
});
