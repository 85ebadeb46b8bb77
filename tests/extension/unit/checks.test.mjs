import assert from "node:assert/strict";
import test from "node:test";

import { load, stored } from "./extension-api.mjs";

globalThis.browser.runtime = { getPlatformInfo: async () => ({}) };
const { checkForTab } = await load("background/checks.js");
const { forgetVerdicts } = await load("background/verdict-cache.js");

const statement = (changes) => ({
  start: 0,
  end: 4,
  label: "false",
  basis: "fact-check",
  probability: null,
  check_worthiness: 1,
  evidence: [{ relation: "same-claim", publisher: "A paper", rating: "False", label: "false", similarity: 1 }],
  reasons: [{ start: 0, end: 4, weight: 1 }],
  ...changes,
});

/** The texts of each request. */
const requests = [];
/** What the server says of a text. */
let judge = () => [statement({})];
/** Called before each answer. */
let before = async () => undefined;
globalThis.fetch = async (_address, { body, signal }) => {
  const { blocks } = JSON.parse(body);
  requests.push(blocks.map(({ text }) => text));
  await before(signal);
  signal.throwIfAborted();
  const answer = { model: "first", blocks: blocks.map(({ id, text }) => ({ id, statements: judge(text) })) };
  return { status: 200, ok: true, type: "basic", text: async () => JSON.stringify(answer) };
};
const ask = (purpose, texts, id = 1) => checkForTab({ purpose, texts }, { tab: { id } });

/** A point that a test waits for. */
function point() {
  let reach;
  const reached = new Promise((resolve) => (reach = resolve));
  return { reach, reached };
}

test.beforeEach(async () => {
  await forgetVerdicts();
  requests.length = 0;
  stored.settings = {};
  judge = () => [statement({})];
  before = async () => undefined;
});

test("a repeated text is sent once, and answered in both places", async () => {
  const { ok, blocks } = await ask("page", ["Text one", "Text two", "Text one"]);
  assert.deepEqual(requests, [["Text one", "Text two"]]);
  assert.deepEqual([ok, blocks.length, blocks[2][0].label], [true, 3, "false"]);
});

test("cached texts are not sent again", async () => {
  await ask("page", ["Text one"]);
  const { model, blocks } = await ask("selection", ["Text one", "Text two"]);
  assert.deepEqual(requests, [["Text one"], ["Text two"]]);
  assert.deepEqual([model, blocks.map(([one]) => one.label)], ["first", ["false", "false"]]);
});

test("a text whose verdict is still being stored is not sent again", async (t) => {
  const { session } = browser.storage;
  const [{ set }, finish] = [session, point()];
  // without a thread for the hash every step is a microtask, so that a turn of the event loop passes them all
  t.mock.method(crypto.subtle, "digest", async () => new ArrayBuffer(32));
  t.mock.method(session, "set", (values) => finish.reached.then(() => set(values)));
  await ask("page", ["Text one"]);
  const second = ask("selection", ["Text one"]);
  await new Promise(setImmediate);
  finish.reach();
  assert.equal((await second).blocks[0][0].label, "false");
  assert.deepEqual(requests, [["Text one"]]);
});

test("a request is limited to 100 texts and to a total length", async () => {
  const short = Array.from({ length: 101 }, (_, index) => `Text ${index}`);
  await ask("page", short);
  const long = ["a", "b", "c"].map((letter) => letter.repeat(60_000));
  await ask("page", long);
  assert.deepEqual(requests.map((texts) => texts.length), [100, 1, 1, 1, 1]);
});

test("a lone surrogate is replaced by one character", async () => {
  await ask("selection", ["Text \ud83d"]);
  assert.deepEqual(requests, [["Text \ufffd"]]);
});

test("a page gets details only for painted labels, a selection for all", async () => {
  judge = (text) => [statement(text === "Text one" ? {} : { label: "unsure" })];
  const sizes = ({ blocks }) => blocks.map(([{ evidence, reasons }]) => [evidence.length, reasons.length]);
  assert.deepEqual(sizes(await ask("page", ["Text one", "Text two"])), [[1, 1], [0, 0]]);
  assert.deepEqual(sizes(await ask("selection", ["Text one", "Text two"])), [[1, 1], [1, 1]]);
});

test("a new selection ends the request for the one before, in the same tab only", async () => {
  const [sent, open] = [point(), point()];
  before = async (signal) => {
    sent.reach();
    await Promise.race([open.reached, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
  };
  const first = ask("selection", ["Text one"]);
  await sent.reached;
  const [second, other] = [ask("selection", ["Text two"]), ask("selection", ["Text three"], 2)];
  const { ok, failure } = await first;
  assert.deepEqual([ok, failure.kind], [false, "interrupted"]);
  open.reach();
  assert.deepEqual([(await second).ok, (await other).ok], [true, true]);
});

test("requests of a page run one after another, and a failed one does not stop the next", async () => {
  let running = 0;
  let most = 0;
  before = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (requests.length === 1) {
      throw new TypeError("Failed to fetch");
    }
  };
  const [first, second] = await Promise.all([ask("page", ["Text one"]), ask("page", ["Text two"])]);
  assert.deepEqual([first.ok, first.failure?.kind, second.ok, most], [false, "unreachable", true, 1]);
});
