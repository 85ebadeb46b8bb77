import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./extension-api.mjs";

const { readCheckAnswer, readFactChecksAnswer, readHealthAnswer, readInfluenceAnswer, readJudgeAnswer, readJudgeState } = await load("background/server-answers.js");

const TEXT = "The bridge is old.";
const evidence = {
  relation: "same-claim",
  publisher: "A paper",
  rating: "Mostly false",
  label: "false",
  speaker: "Somebody",
  date: "2021-03-04",
  url: "https://paper.example/1",
  similarity: 0.9,
  claim: "",
  title: "Bridge is old",
  links_to: "speaker",
};
const statement = {
  start: 0,
  end: 18,
  label: "false",
  basis: "fact-check",
  probability: 0.1,
  check_worthiness: 0.9,
  evidence: [evidence],
  reasons: [{ start: 4, end: 10, weight: -1 }],
  note: null,
  why: null,
  is_attribution: true,
};
const answerWith = (changes) => ({
  model: "m",
  fact_checks: { count: 1, newest: null },
  blocks: [{ id: "0", statements: [{ ...statement, ...changes }] }],
});
const read = (changes) => readCheckAnswer(answerWith(changes), [TEXT]).blocks[0][0];

test("a valid answer is accepted unchanged", () => {
  assert.deepEqual(read({}), statement);
});

test("evidence may lack unknown fields and may contain the claim", () => {
  const [one] = read({ evidence: [{ ...evidence, speaker: null, date: null, url: null, label: null, claim: "So." }] }).evidence;
  assert.deepEqual([one.speaker, one.date, one.url, one.label, one.claim], ["", "", "", "", "So."]);
});

test("an answer of an older server, with fewer fields, is accepted", () => {
  const older = { ...evidence, claim: undefined, title: undefined, links_to: undefined };
  const taken = read({ why: undefined, is_attribution: undefined, evidence: [older] });
  assert.deepEqual([taken.why, taken.is_attribution], [null, false]);
  const [{ claim, title, links_to: linksTo }] = taken.evidence;
  assert.deepEqual([claim, title, linksTo], ["", "", "ruling"]);
});

test("only the strongest reasons are kept", () => {
  const reasons = Array.from({ length: 12 }, (_, index) => ({ start: index, end: index + 1, weight: index - 6 }));
  const weights = read({ reasons }).reasons.map(({ weight }) => Math.abs(weight));
  assert.deepEqual(weights, weights.toSorted((a, b) => b - a));
  assert.equal(weights.length, 8);
});

test("word influence outside the statement is refused", () => {
  const asked = { text: `${TEXT} It was built in 1950.`, start: 0, end: 18 };
  const influence = [{ start: 4, end: 10, weight: -1 }];
  assert.deepEqual(readInfluenceAnswer({ influence }, asked), influence);
  for (const wrong of [{ start: 20, end: 22, weight: 1 }, { start: 4, end: 10, weight: null }]) {
    assert.throws(() => readInfluenceAnswer({ influence: [wrong] }, asked), { kind: "bad-answer" });
  }
  assert.throws(() => readInfluenceAnswer({}, asked), { kind: "bad-answer" });
});

const GARBAGE = {
  "a span beyond the text": { end: 19 },
  "a span backwards": { start: 5, end: 5 },
  "a label of its own": { label: "rubbish" },
  "a basis of its own": { basis: "stars" },
  "a probability above one": { probability: 1.2 },
  "a note of its own": { note: "hm" },
  "a reason why of its own": { why: "hm" },
  "a reason beyond the text": { reasons: [{ start: 0, end: 99, weight: 1 }] },
  "a reason without weight": { reasons: [{ start: 0, end: 1, weight: "much" }] },
  "evidence with a foreign relation": { evidence: [{ ...evidence, relation: "cousin" }] },
  "evidence that links to something else": { evidence: [{ ...evidence, links_to: "shop" }] },
  "evidence with a title that is no text": { evidence: [{ ...evidence, title: {} }] },
  "evidence without a publisher": { evidence: [{ ...evidence, publisher: 7 }] },
};

for (const [name, changes] of Object.entries(GARBAGE)) {
  test(`${name} is no answer`, () => {
    assert.throws(() => read(changes), { kind: "bad-answer" });
  });
}

test("an answer about other blocks is refused", () => {
  for (const answer of [null, {}, [], { blocks: [] }, { ...answerWith({}), blocks: [{ id: "1", statements: [] }] }]) {
    assert.throws(() => readCheckAnswer(answer, [TEXT]), { kind: "bad-answer" });
  }
});

test("the newest fact-check is a date or null", () => {
  assert.equal(readFactChecksAnswer({ newest: "2024-03-04" }), "2024-03-04");
  assert.equal(readFactChecksAnswer({ newest: null }), null);
  for (const answer of [{}, null, { newest: 3 }, { newest: "<b>2024-03-04" }]) {
    assert.throws(() => readFactChecksAnswer(answer), { kind: "bad-answer" });
  }
});

test("a health answer of another program, or of a server that is not ready, is refused", () => {
  assert.throws(() => readHealthAnswer({ name: "plumbline", ready: false }), { kind: "bad-answer" });
  assert.throws(() => readHealthAnswer({ name: "another", ready: true }), { kind: "bad-answer" });
});

const judge = { model: "small", address: "http://127.0.0.1:11434", is_here: true, policy: "veto" };
const judged = (changes) =>
  readJudgeAnswer({ judge, explanation: "Both say so.", is_changed: true, statement, ...changes }, TEXT, { start: 0, end: 18 });

test("a language model's answer is read", () => {
  const { judge: who, explanation, isChanged, statement: now } = judged({});
  assert.deepEqual(who, { model: "small", address: "http://127.0.0.1:11434", isHere: true, policy: "veto" });
  assert.deepEqual([explanation, isChanged, now.label], ["Both say so.", true, "false"]);
});

test("a language model's malformed text is refused", () => {
  const bad = [
    { explanation: "x".repeat(301) },
    { explanation: "two\nlines" },
    { explanation: "turned \u202e round" },
    { explanation: ["Both"] },
    { explanation: null },
    { statement: { ...statement, start: 1 } },
    { statement: { ...statement, label: "surely" } },
    { statement: undefined },
    { judge: { ...judge, policy: "rule" } },
    { judge: { ...judge, model: "x".repeat(201) } },
    { judge: null },
  ];
  for (const changes of bad) {
    assert.throws(() => judged(changes), { kind: "bad-answer" }, JSON.stringify(changes));
  }
});

test("the server's language model state is read, or null", () => {
  assert.equal(readJudgeState({ judge: null }), null);
  assert.equal(readJudgeState({ judge: { ...judge, is_there: false } }).isThere, false);
  for (const odd of [{}, { judge: 7 }, { judge: { ...judge, policy: "" } }]) {
    assert.throws(() => readJudgeState(odd), { kind: "bad-answer" });
  }
});
