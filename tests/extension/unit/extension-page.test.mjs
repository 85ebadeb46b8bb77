// What popup, options and first page say of the server, of other machines, and of the shortcuts.

import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { load } from "./extension-api.mjs";

let commands = [];
const english = { language: "en", "@@bidi_dir": "ltr" };
Object.assign(globalThis.browser, {
  i18n: { getMessage: (key, parts = []) => english[key] ?? [key, ...parts].join(" "), getUILanguage: () => spoken },
  commands: { getAll: async () => commands },
});
let spoken = "en-GB";
const { localise, showRemoteNotice, showShortcuts } = await load("shared/extension-page.js");
const { showServer } = await load("shared/server-state.js");

const DAY_MS = 86_400_000;
const day = (ago) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
const HERE = "http://127.0.0.1:8642";
const text = (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

async function server(state) {
  show("<div id=server></div>");
  globalThis.messages = { ask: async () => state };
  await showServer();
  return document.querySelector("#server");
}
const failure = (kind, changes) => ({ ok: false, failure: { kind, address: HERE, detail: "", ...changes } });

test("a ready server is named, with no more if its fact-checks are new or of unknown age", async () => {
  for (const newest of [day(3), null]) {
    const { dataset, textContent } = await server({ ok: true, address: HERE, model: "first", version: "1", newest });
    assert.deepEqual([dataset.state, textContent], ["ready", `popup_server_ready ${HERE} first`]);
  }
});

test("old fact-checks come with the command that updates them", async () => {
  await server({ ok: true, address: HERE, model: "first", version: "1", newest: "2020-02-03" });
  assert.deepEqual(text("p"), ["popup_fact_checks_old 3 Feb 2020"]);
  assert.deepEqual(text("code"), ["python -m fake_news factchecks update"]);
});

test("a silent server on this machine comes with the command that starts it", async () => {
  const { dataset } = await server(failure("unreachable"));
  assert.equal(dataset.state, "unreachable");
  assert.deepEqual(text("code"), ["python3 scripts/start.py"]);
});

test("no start command is shown for a server elsewhere or one that wants a token", async () => {
  await server(failure("unreachable", { address: "https://plumbline.example" }));
  assert.deepEqual(text("code"), []);
  await server(failure("no-token", { detail: "HTTP 401" }));
  assert.deepEqual([text("code"), text(".detail")], [[], ["HTTP 401"]]);
});

test("a stopped background is reported", async () => {
  assert.equal((await server(undefined)).dataset.state, "interrupted");
});

test("a remote server is announced, with a stronger warning without encryption", () => {
  const notice = (changes) => {
    show("<p id=remote></p>");
    showRemoteNotice({ serverAddress: HERE, judgeSelections: false, allowedJudge: "", ...changes });
    const { hidden, textContent } = document.querySelector("#remote");
    return hidden ? null : textContent;
  };
  assert.equal(notice({}), null);
  assert.equal(notice({ allowedJudge: "https://model.example" }), null);
  assert.equal(notice({ serverAddress: "https://a.example" }), "remote_encrypted https://a.example");
  assert.equal(
    notice({ serverAddress: "http://a.example", judgeSelections: true, allowedJudge: "https://model.example" }),
    "remote_plain http://a.example remote_judge_encrypted https://model.example",
  );
});

test("shortcuts are listed as assigned, with advice where one is not", async () => {
  show("<dl id=shortcuts></dl><p id=shortcuts-hint></p>");
  commands = [
    { name: "check-selection", description: "Check", shortcut: "Alt+Shift+S" },
    { name: "_execute_action", description: "", shortcut: "" },
  ];
  await showShortcuts();
  assert.deepEqual([text("dt"), text("dd"), text("#shortcuts-hint")], [["Check"], ["Alt+Shift+S"], [""]]);
  commands.push({ name: "hide-marks", description: "Hide", shortcut: "" });
  await showShortcuts();
  assert.deepEqual([text("dd"), text("#shortcuts-hint")], [["Alt+Shift+S", "shortcut_none"], ["shortcuts_unassigned"]]);
});

test("a page is filled with texts, and says in which language they are", () => {
  show("<p data-words=popup_title></p><button data-words-label=close></button>");
  localise(document);
  assert.deepEqual([text("p"), document.querySelector("button").getAttribute("aria-label")], [["popup_title"], "close"]);
  assert.equal(document.documentElement.lang, "en-GB");
  spoken = "fr-FR";
  localise(document);
  assert.equal(document.documentElement.lang, "en");
});
