// What the background listens to, registered at its start: browsers stop it, and wake it for what it had registered.

import assert from "node:assert/strict";
import test from "node:test";

import { load, session, stored } from "./extension-api.mjs";

const listeners = {};
const heard = (name) => ({ addListener: (listener) => (listeners[name] = listener) });
const log = [];
let os = "linux";
Object.assign(globalThis.browser, {
  i18n: { getMessage: (key) => key },
  runtime: {
    id: "plumbline",
    onConnect: heard("connect"),
    onInstalled: heard("installed"),
    getPlatformInfo: async () => ({ os }),
    getURL: (path) => `extension://plumbline/${path}`,
    openOptionsPage: async () => void log.push("options page"),
  },
  commands: { onCommand: heard("command"), update: async ({ name }) => void log.push(`shortcut ${name}`) },
  contextMenus: {
    onClicked: heard("menu"),
    removeAll: (then) => then(),
    create: ({ id }) => void log.push(`menu ${id}`),
  },
  tabs: { onRemoved: heard("removed"), create: async ({ url, active }) => void log.push(`tab ${url} ${active}`) },
});
stored.settings = {};
await load("background/main.js");

/** Ask the background over a port, as the content scripts do. */
async function ask(message, sender = { id: "plumbline" }) {
  const answers = [];
  const port = { name: message.type, sender, postMessage: (answer) => answers.push(answer), disconnect: () => undefined };
  let post = () => undefined;
  port.onMessage = { addListener: (listener) => (post = listener) };
  port.onDisconnect = { addListener: () => undefined };
  listeners.connect(port);
  await post(message);
  return answers;
}

test("all listeners are registered at the top level", () => {
  assert.deepEqual(Object.keys(listeners).sort(), ["command", "connect", "installed", "menu", "removed"]);
});

test("installing opens the welcome page in the background, an update does not", async () => {
  await listeners.installed({ reason: "install" });
  assert.deepEqual(log.splice(0), [
    "menu check-selection",
    "shortcut hide-marks",
    "tab extension://plumbline/extension/welcome/welcome.html false",
  ]);
  await listeners.installed({ reason: "update" });
  assert.deepEqual(log.splice(0), ["menu check-selection"]);
});

test("every message type has a handler", async () => {
  assert.deepEqual(await ask({ type: "open-options" }), [true]);
  assert.deepEqual(log.splice(0), ["options page"]);
  assert.deepEqual(await ask({ type: "forget-verdicts" }), [true]);
  assert.deepEqual(await ask({ type: "site-of-page" }), [""]);
  assert.deepEqual(await ask({ type: "server-state" }, { id: "another" }), [], "another extension was answered");
  globalThis.fetch = () => Promise.reject(new Error("no network"));
  for (const type of ["server-state", "feedback"]) {
    const [{ ok, failure }] = await ask({ type, feedback: {} });
    assert.deepEqual([ok, failure.kind], [false, "unreachable"], type);
  }
  const [{ ok, failure }] = await ask({ type: "check", purpose: "selection", texts: ["Text"] });
  assert.deepEqual([ok, failure.kind], [false, "unreachable"]);
  const question = { text: "Text", start: 0, end: 4, purpose: "selection" };
  assert.deepEqual(await ask({ type: "influence", question }), [[]]);
  assert.deepEqual(await ask({ type: "judge", question }), [{ ok: false }]);
  assert.deepEqual(await ask({ type: "judge-state" }), [null]);
});

test("a closed tab leaves no count behind", async () => {
  session["counts:3"] = { 0: 2 };
  await listeners.removed(3);
  assert.equal("counts:3" in session, false);
});
