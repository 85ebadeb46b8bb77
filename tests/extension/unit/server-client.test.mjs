import assert from "node:assert/strict";
import test from "node:test";

import { load, stored } from "./extension-api.mjs";

const { check, sendFeedback, serverState } = await load("background/server-client.js");
const { settings } = globalThis;

const REMOTE = "https://plumbline.example";
const STATEMENT = { start: 0, end: 4, label: "no-claim", basis: "claims", probability: null, check_worthiness: 0, evidence: [], reasons: [] };

/** What was asked, and what the next answer is. */
const asked = [];
let answer;
let isPermitted = true;
globalThis.browser.permissions = { contains: async () => isPermitted };
globalThis.fetch = async (address, init) => {
  asked.push({ address, ...init });
  return answer(init);
};
const reply = (status, text, type = "basic") => () => ({ status, ok: status < 300, type, text: async () => text });
const json = (value) => reply(200, JSON.stringify(value));

const current = (changes) => ({ ...settings.DEFAULTS, ...changes });
const checkOne = (changes, signal = new AbortController().signal) => check(["Text"], current(changes), signal);
const kindOf = async (promise) => promise.then(() => assert.fail("no failure"), ({ kind, detail }) => [kind, detail]);

test.beforeEach(() => {
  asked.length = 0;
  isPermitted = true;
  answer = json({ model: "first", blocks: [{ id: "0", statements: [STATEMENT] }] });
});

test("texts are posted as blocks, with neither cookies nor the page's address", async () => {
  const { model, blocks } = await checkOne({});
  assert.deepEqual([model, blocks[0][0].label], ["first", "no-claim"]);
  const [{ address, method, body, credentials, referrerPolicy, redirect, headers }] = asked;
  assert.deepEqual([address, method], ["http://127.0.0.1:8642/api/v1/check", "POST"]);
  assert.deepEqual(JSON.parse(body), { blocks: [{ id: "0", text: "Text" }] });
  assert.deepEqual([credentials, referrerPolicy, redirect], ["omit", "no-referrer", "manual"]);
  assert.ok(!("Authorization" in headers));
});

test("the token goes with the request where there is one", async () => {
  await checkOne({ token: "secret" });
  assert.equal(asked[0].headers.Authorization, "Bearer secret");
});

test("nothing is sent to another machine unless the reader and the browser allow it", async () => {
  assert.deepEqual(await kindOf(checkOne({ serverAddress: REMOTE })), ["not-allowed", ""]);
  assert.deepEqual(await kindOf(checkOne({ serverAddress: REMOTE, allowedServer: "https://other.example" })), ["not-allowed", ""]);
  isPermitted = false;
  assert.deepEqual(await kindOf(checkOne({ serverAddress: REMOTE, allowedServer: REMOTE })), ["not-allowed", ""]);
  assert.equal(asked.length, 0);
  isPermitted = true;
  await checkOne({ serverAddress: REMOTE, allowedServer: REMOTE });
  assert.equal(asked[0].address, `${REMOTE}/api/v1/check`);
});

test("each way to fail has its own kind", async () => {
  const error = JSON.stringify({ error: { message: "Too long.", hint: "Send less." } });
  const ways = [
    [reply(401, error), ["no-token", "HTTP 401: Too long. Send less."]],
    [reply(413, error), ["bad-status", "HTTP 413: Too long. Send less."]],
    [reply(500, "<html>"), ["bad-status", "HTTP 500"]],
    [reply(200, "<html>"), ["bad-answer", ""]],
    [reply(0, "", "opaqueredirect"), ["bad-answer", ""]],
    [() => Promise.reject(new TypeError("Failed to fetch")), ["unreachable", ""]],
  ];
  for (const [way, expected] of ways) {
    answer = way;
    assert.deepEqual(await kindOf(checkOne({})), expected);
  }
});

/** Answers when the request is given up, as `fetch` does. The interval keeps Node, which does not wait for the signal. */
const untilAborted = ({ signal }) =>
  new Promise((_, reject) => {
    const waiting = setInterval(() => undefined, 1000);
    const giveUp = () => {
      clearInterval(waiting);
      reject(signal.reason);
    };
    signal.addEventListener("abort", giveUp, { once: true });
  });

test("a server that is silent too long has timed out", async () => {
  answer = untilAborted;
  assert.deepEqual(await kindOf(checkOne({ timeoutSeconds: 0.01 })), ["timeout", ""]);
});

test("a request that the reader gave up is not the server's failure", async () => {
  answer = untilAborted;
  const controller = new AbortController();
  const answering = checkOne({}, controller.signal);
  controller.abort();
  await assert.rejects(answering, { name: "AbortError" });
});

test("feedback that cannot be sent says why", async () => {
  answer = reply(500, "");
  stored.settings = {};
  const failure = { kind: "bad-status", address: "http://127.0.0.1:8642", detail: "HTTP 500" };
  assert.deepEqual(await sendFeedback({ feedback: { statement: "Text" } }), { ok: false, failure });
});

test("the server is ready even if it does not say how new its fact-checks are", async () => {
  stored.settings = {};
  const answers = { health: json({ name: "plumbline", ready: true, model: "first", version: "1" }), "fact-checks": reply(404, "") };
  answer = (init) => answers[asked.at(-1).address.split("/").at(-1)](init);
  const address = "http://127.0.0.1:8642";
  assert.deepEqual(await serverState(), { ok: true, address, model: "first", version: "1", newest: null });
});
