import assert from "node:assert/strict";
import test from "node:test";

import { run } from "./extension-api.mjs";

const ID = "plumbline";

/** What listeners threw, which a browser reports and goes on. */
const failures = [];

/** Those who listen to one kind of event. */
function listeners() {
  const all = new Set();
  return {
    addListener: (one) => all.add(one),
    removeListener: (one) => all.delete(one),
    tell: (...what) => [...all].forEach((one) => one(...what)?.catch?.((failure) => failures.push(failure.message))),
    count: () => all.size,
  };
}

/** Both ends of a port; what is said at one is heard at the other a moment later, as between processes. */
function portPair(name, sender) {
  const ends = [0, 1].map(() => ({ name, sender, onMessage: listeners(), onDisconnect: listeners() }));
  let isOpen = true;
  ends.forEach((end, index) => {
    const other = ends[1 - index];
    end.postMessage = (message) => {
      if (!isOpen) {
        throw new Error("Attempting to use a disconnected port object");
      }
      const copy = structuredClone(message);
      queueMicrotask(() => isOpen && other.onMessage.tell(copy));
    };
    end.closeInSilence = () => {
      isOpen = false;
    };
    end.disconnect = () => {
      isOpen = false;
      queueMicrotask(() => other.onDisconnect.tell());
    };
  });
  return ends;
}

/** The pages that asked, from the other side. */
const asked = [];
const onConnect = listeners();
globalThis.browser.runtime = {
  id: ID,
  onConnect,
  connect({ name }) {
    const [here, there] = portPair(name, { id: ID });
    asked.push(there);
    queueMicrotask(() => (onConnect.count() > 0 ? onConnect.tell(there) : there.disconnect()));
    return here;
  },
};
run("shared/browser.js");
run("shared/messages.js");
const { messages } = globalThis;

test("a question gets the answer of the handler of its type, and its port is closed", async () => {
  const stop = messages.answer({ count: async ({ count }) => count + 1, other: () => "wrong" });
  assert.equal(await messages.ask({ type: "count", first: false, count: 6 }), 7);
  const port = asked.at(-1);
  assert.throws(() => port.postMessage("late"), /disconnected/);
  stop();
});

test("a connection sends many questions through one port", async () => {
  const stop = messages.answer({ check: async ({ texts }) => texts.length });
  const line = messages.openConnection("check");
  const before = asked.length;
  assert.equal(await line.ask({ type: "check", purpose: "page", texts: ["a"] }), 1);
  assert.equal(await line.ask({ type: "check", purpose: "page", texts: ["a", "b"] }), 2);
  assert.equal(asked.length, before + 1);
  line.close();
  assert.throws(() => asked.at(-1).postMessage("late"), /disconnected/);
  stop();
});

test("a disconnected connection reopens, and closing it ends a pending question", async () => {
  const stop = messages.answer({ check: ({ texts }) => texts.length || new Promise(() => undefined) });
  const line = messages.openConnection("check");
  const cut = line.ask({ type: "check", purpose: "page", texts: [] });
  queueMicrotask(() => queueMicrotask(() => asked.at(-1).disconnect()));
  assert.equal(await cut, undefined);
  assert.equal(await line.ask({ type: "check", purpose: "page", texts: ["a"] }), 1);
  const open = line.ask({ type: "check", purpose: "page", texts: [] });
  line.close();
  assert.equal(await open, undefined);
  stop();
});

test("a connection that closed silently reopens for the next question", async () => {
  const stop = messages.answer({ check: ({ texts }) => texts.length });
  const line = messages.openConnection("check");
  assert.equal(await line.ask({ type: "check", purpose: "page", texts: ["a"] }), 1);
  asked.at(-1).closeInSilence();
  await assert.rejects(line.ask({ type: "check", purpose: "page", texts: ["a"] }), /disconnected/);
  assert.equal(await line.ask({ type: "check", purpose: "page", texts: ["a"] }), 1);
  line.close();
  stop();
});

test("closing a connection to a missing extension raises no error", async () => {
  const { runtime } = globalThis.browser;
  const { connect } = runtime;
  runtime.connect = (options) => {
    const port = connect(options);
    port.disconnect = () => {
      throw new Error("Extension context invalidated.");
    };
    return port;
  };
  const stop = messages.answer({ check: () => new Promise(() => undefined) });
  const line = messages.openConnection("check");
  const asking = line.ask({ type: "check", purpose: "page", texts: [] });
  line.close();
  assert.equal(await asking, undefined);
  runtime.connect = connect;
  stop();
});

test("without a listener, or when the background stops, the answer is undefined", async () => {
  assert.equal(await messages.ask({ type: "server-state" }), undefined);
  const stop = messages.answer({ "server-state": () => new Promise(() => undefined) });
  const answering = messages.ask({ type: "server-state" });
  queueMicrotask(() => queueMicrotask(() => asked.at(-1).disconnect()));
  assert.equal(await answering, undefined);
  stop();
});

test("a failing handler ends the question without an answer", async () => {
  const stop = messages.answer({
    "server-state": () => {
      throw new Error("as the test wants it");
    },
  });
  assert.equal(await messages.ask({ type: "server-state" }), undefined);
  assert.deepEqual(failures, ["as the test wants it"]);
  stop();
});

test("unknown types, names of Object.prototype and foreign senders get no answer", async () => {
  const stop = messages.answer({ "page-state": () => "this page" });
  const answers = [];
  const askAs = async (name, sender) => {
    const [here, there] = portPair(name, sender);
    here.onMessage.addListener((answer) => answers.push(answer));
    onConnect.tell(there);
    here.postMessage({ type: name });
    await new Promise(setImmediate);
  };
  await askAs("toString", { id: ID });
  await askAs("unknown", { id: ID });
  await askAs("page-state", { id: "another" });
  await askAs("page-state", undefined);
  assert.deepEqual(answers, []);
  await askAs("page-state", { id: ID });
  assert.deepEqual(answers, ["this page"]);
  stop();
});

test("a follower gets every message until it disconnects", async () => {
  let tell;
  let gone;
  const stop = messages.answer({}, {
    findings: (send, signal) => {
      tell = send;
      gone = signal;
    },
  });
  const [here, there] = portPair("findings", { id: ID });
  const heard = [];
  here.onMessage.addListener((message) => heard.push(message));
  onConnect.tell(there);
  tell(1);
  tell(2);
  await new Promise(setImmediate);
  here.disconnect();
  await new Promise(setImmediate);
  tell(3);
  assert.deepEqual([heard, gone.aborted], [[1, 2], true]);
  stop();
});

test("a reloaded extension is recognised as cut off", () => {
  assert.equal(messages.isCutOff(), false);
  globalThis.browser.runtime = undefined;
  assert.equal(messages.isCutOff(), true);
});
