import assert from "node:assert/strict";
import test from "node:test";

import { load, session } from "./extension-api.mjs";

const { forgetVerdicts, noteSource, recall, remember } = await load("background/verdict-cache.js");

const HERE = "http://127.0.0.1:8642";
const FACT_CHECKS = { count: 2, newest: "2024-03-04" };
const SOURCE = { address: HERE, model: "first", factChecks: FACT_CHECKS };
const MINUTE_MS = 60_000;
const MOST_TEXTS = 4000;

const verdict = (label) => [{ start: 0, end: 5, label }];
const found = async (...texts) => (await recall(HERE, texts)).found.map((statements) => statements?.[0].label);

test.beforeEach(() => forgetVerdicts());

test("cached verdicts are returned with their source, text by text", async () => {
  await remember(SOURCE, ["One is here.", "Two is here."], [verdict("false"), verdict("true")]);
  assert.deepEqual(await found("Two is here.", "Three is not.", "One is here."), ["true", undefined, "false"]);
  const { model, factChecks } = await recall(HERE, ["One is here."]);
  assert.deepEqual([model, factChecks], ["first", FACT_CHECKS]);
});

test("texts are stored only as hashes", async () => {
  await remember(SOURCE, ["One is here."], [verdict("false")]);
  assert.ok(Object.keys(session).length > 1);
  assert.ok(!JSON.stringify(session).includes("One is here"));
});

test("verdicts of one server are not used for another", async () => {
  await remember(SOURCE, ["One is here."], [verdict("false")]);
  assert.deepEqual((await recall("http://localhost:9000", ["One is here."])).found, [undefined]);
});

test("another model or other fact-checks clear the cache", async () => {
  for (const change of [{ model: "second" }, { factChecks: { count: 3, newest: "2024-03-05" } }]) {
    await remember(SOURCE, ["One is here."], [verdict("false")]);
    await noteSource({ ...SOURCE, ...change });
    assert.deepEqual(await found("One is here."), [undefined], JSON.stringify(change));
  }
});

test("a source that does not name its fact-checks clears nothing", async () => {
  await remember(SOURCE, ["One is here."], [verdict("false")]);
  await noteSource({ address: HERE, model: "first" });
  assert.deepEqual(await found("One is here."), ["false"]);
});

test("a verdict expires after 15 minutes", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_700_000_000_000 });
  await remember(SOURCE, ["One is here."], [verdict("false")]);
  context.mock.timers.tick(15 * MINUTE_MS);
  assert.deepEqual(await found("One is here."), ["false"]);
  context.mock.timers.tick(1);
  assert.deepEqual(await found("One is here."), [undefined]);
});

test("beyond the limit the oldest texts are dropped, with their entries", async () => {
  const texts = Array.from({ length: MOST_TEXTS + 2 }, (_, index) => `Text ${index} is here.`);
  await remember(SOURCE, texts, texts.map(() => verdict("true")));
  assert.deepEqual(await found(texts[0], texts[1], texts[2], texts.at(-1)), [undefined, undefined, "true", "true"]);
  assert.equal(Object.keys(session).filter((key) => key.startsWith("verdict:")).length, MOST_TEXTS);
});

test("a text that is stored twice counts once towards the limit", async () => {
  await Promise.all([1, 2].map(() => remember(SOURCE, ["One is here."], [verdict("false")])));
  assert.equal(session.verdicts.entries.length, 1);
});

test("clearing the cache leaves nothing behind", async () => {
  await remember(SOURCE, ["One is here."], [verdict("false")]);
  await forgetVerdicts();
  assert.deepEqual(Object.keys(session), []);
});
