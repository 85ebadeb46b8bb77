import assert from "node:assert/strict";
import test from "node:test";

import { load, stored } from "./extension-api.mjs";

globalThis.browser.runtime = { getPlatformInfo: async () => ({}) };
const { influenceForTab } = await load("background/word-influence.js");
const { judgeForTab, judgeState } = await load("background/language-model.js");

const TEXT = "The bridge is old.";
const JUDGE = { model: "small", address: "http://127.0.0.1:11434", is_here: true, policy: "veto" };
const STATEMENT = {
  start: 0,
  end: TEXT.length,
  label: "false",
  basis: "fact-check",
  probability: null,
  check_worthiness: 1,
  evidence: [],
  reasons: [],
};

const asked = [];
let answer;
globalThis.fetch = async (address, { body }) => {
  asked.push([address.split("/").at(-1), body && JSON.parse(body)]);
  return answer();
};
const json = (value, status = 200) => () => ({ status, ok: status < 300, type: "basic", text: async () => JSON.stringify(value) });
const ask = (changes) => {
  const question = { purpose: "selection", text: TEXT, start: 0, end: TEXT.length, ...changes };
  return judgeForTab({ question }, {}, new AbortController().signal);
};

test.beforeEach(() => {
  asked.length = 0;
  stored.settings = { judgeSelections: true, allowedJudge: "https://model.example" };
  answer = json({ judge: JUDGE, explanation: "Both say so.", is_changed: true, statement: STATEMENT });
});

test("without the reader's switch no language model is asked", async () => {
  stored.settings = {};
  assert.deepEqual(await ask({}), { ok: false });
  stored.settings = { judgeSelections: true };
  assert.deepEqual(await ask({ purpose: "page" }), { ok: false });
  assert.equal(asked.length, 0);
});

test("the request names the language model that the reader allowed", async () => {
  const { ok, explanation } = await ask({});
  assert.deepEqual([ok, explanation], [true, "Both say so."]);
  assert.deepEqual(asked, [["judge", { text: TEXT, start: 0, end: TEXT.length, judge: "https://model.example" }]]);
});

test("any failure of the language model leaves the card unchanged", async () => {
  for (const way of [json({}), json({}, 503), () => Promise.reject(new TypeError("Failed to fetch"))]) {
    answer = way;
    assert.deepEqual(await ask({}), { ok: false });
    assert.equal(await judgeState(), null);
  }
});

test("the server's language model is read, or null without one", async () => {
  answer = json({ judge: { ...JUDGE, is_there: true } });
  assert.equal((await judgeState()).isThere, true);
  answer = json({ judge: null });
  assert.equal(await judgeState(), null);
});

test("an older server without the influence route underlines no words", async () => {
  answer = json({ error: { message: "Not found.", hint: "" } }, 404);
  const question = { text: TEXT, start: 0, end: TEXT.length };
  assert.deepEqual(await influenceForTab({ question }, {}, new AbortController().signal), []);
  assert.equal(asked.length, 1);
});
