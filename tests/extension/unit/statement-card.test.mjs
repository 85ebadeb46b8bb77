import assert from "node:assert/strict";
import test from "node:test";

import { click, openPage, settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { run } from "./extension-api.mjs";
import { ruling } from "./rulings.mjs";

openPage();
Object.assign(globalThis, { words, uiLanguage: () => "en-GB" });
for (const name of ["shared/browser", "shared/addresses", "shared/vocabulary", "shared/settings", "shared/auto-scan"]) {
  run(`${name}.js`);
}
const PARTS = ["elements", "evidence", "content", "actions", "look-up", "host", "style"];
PARTS.forEach((name) => run(`content/card/card-${name}.js`));
run("content/card/card.js");
run("content/card/feedback-form.js");
run("content/card/language-model-note.js");
run("content/card/statement-card.js");
const { Card, StatementCard } = globalThis;

const TEXT = "The bridge is old. The mayor is new. I love it. Why me? It was sold.";
const HERE = "http://127.0.0.1:8642";
const FACT_CHECKS = { count: 3, newest: "2025-02-01" };
const EVIDENCE = ruling();
const RANGES = [[0, 18], [19, 36], [37, 47], [48, 55], [56, 68]];

function statement(number, label, changes = {}) {
  const [start, end] = RANGES[number];
  return {
    start,
    end,
    label,
    basis: "fact-check",
    probability: null,
    check_worthiness: 0.9,
    evidence: [],
    reasons: [],
    note: null,
    why: label === "unsure" ? "no-ruling" : null,
    is_attribution: false,
    ...changes,
  };
}

/** A card about some statements, and what the reader's actions did. */
function open(statements, { address = HERE, current = {}, background = {}, isWhole = true } = {}) {
  const page = openPage("<p>Page</p>");
  const log = { dismissed: [], sent: [], searched: [], weighed: [], revised: [] };
  const card = new Card();
  const findings = {
    dismiss: (text) => log.dismissed.push(text),
    revise(one, revised) {
      log.revised.push(revised.label);
      Object.assign(one, revised);
    },
  };
  const client = {
    async sendFeedback(feedback) {
      log.sent.push(feedback);
      return { ok: true };
    },
    searchFactChecks: (text) => log.searched.push(text),
    async weighWords(question) {
      log.weighed.push(question);
      return [{ start: question.start, end: question.start + 3, weight: 1 }];
    },
    ...background,
  };
  const shown = new StatementCard(card, findings, client, () => settings.complete(current));
  const block = { text: TEXT, isWhole: () => isWhole };
  const verdict = { model: "first", address, factChecks: FACT_CHECKS };
  shown.show(statements, block, verdict, { anchor: () => page.layout.range, takesFocus: false, purpose: "selection" });
  const root = () => document.querySelector("plumbline-card").shadowRoot;
  return { ...page, ...log, card, root, find: (selector) => root().querySelector(selector), log };
}
const labels = (root) =>
  [...root().querySelectorAll("[part~=statement]")].map((one) => [one.dataset.label, one.closest("details") !== null]);

test("the most important statement comes first, and those without a claim are folded away", () => {
  const all = ["no-claim", "unsure", "no-claim", "false", "false"].map((label, index) => statement(index, label));
  const { root, find } = open(all);
  assert.deepEqual(labels(root), [
    ["false", false],
    ["false", false],
    ["unsure", false],
    ["no-claim", true],
    ["no-claim", true],
  ]);
  const quotes = [...root().querySelectorAll("[part~=quote]")].map(({ textContent }) => textContent);
  assert.deepEqual(quotes.slice(0, 2), ["Why me?", "It was sold."], "equal labels stand in the order of the text");
  assert.match(find("summary").textContent, /2/);
});

test("a single statement without a claim is not folded", () => {
  assert.deepEqual(labels(open([statement(0, "no-claim")]).root), [["no-claim", false]]);
});

test("the first statement is announced with its label", () => {
  const { find, layout } = open([statement(0, "unsure"), statement(1, "false")]);
  layout.frames.forEach((draw) => draw());
  assert.equal(find("[part=announcer]").textContent, words("announcement", "False", "The mayor is new."));
});

test("without a statement the card says so, or that part of the sentence cannot be read", () => {
  assert.equal(open([]).find("[part=body]").textContent, words("notice_no_statement"));
  assert.equal(open([], { isWhole: false }).find("[part=body]").textContent, words("notice_not_whole"));
});

test("the footer names the model, and the server if it is another machine", () => {
  const footer = (address) => open([statement(0, "false")], { address }).find("[part=footer]").textContent;
  assert.equal(footer(HERE), words("card_footer", "first"));
  assert.equal(footer("https://a.example"), words("card_footer_remote", "first", "https://a.example"));
});

test("dismissing passes the statement's text on and closes the card", () => {
  const { card, find, dismissed } = open([statement(1, "false")]);
  click(find("[data-action=dismiss]"));
  assert.deepEqual([dismissed, card.isOpen], [["The mayor is new."], false]);
});

test("feedback goes to the server with the statement, its label and what gave the verdict", async () => {
  const { find, sent, window } = open([statement(0, "false", { evidence: [EVIDENCE] })]);
  globalThis.location = { protocol: "about:", href: "about:blank" };
  click(find("[data-action=report]"));
  assert.equal(find("form").getRootNode().activeElement, find("form input"), "the focus is not in the form");
  find("input[value=true]").checked = true;
  click(find("[data-action=send]"));
  await settle();
  assert.deepEqual(sent, [
    { statement: "The bridge is old.", label: "false", model: "first", fact_checks: FACT_CHECKS, correction: "true" },
  ]);
  assert.match(find("form").textContent, new RegExp(words("feedback_thanks")));
  assert.ok(window);
});

test("cancelling the form restores the buttons and focuses the first", () => {
  const { find } = open([statement(0, "false")]);
  click(find("[data-action=report]"));
  click(find("[data-action=cancel]"));
  assert.equal(find("form"), null);
  assert.equal(find("[data-action=report]").getRootNode().activeElement, find("[data-action=report]"));
});

test("only an unsure statement offers a search, for its own text", () => {
  const { root, find, searched } = open([statement(0, "unsure"), statement(1, "false")]);
  assert.equal(root().querySelectorAll("[part=look-up]").length, 1);
  click(find("[data-action=search]"));
  assert.deepEqual(searched, ["The bridge is old."]);
  assert.ok(find("[data-look-up=explorer]"));
});

test("the link to Google Fact Check Explorer can be switched off", () => {
  const { find } = open([statement(0, "unsure")], { current: { offerExplorer: false } });
  assert.equal(find("[data-look-up=explorer]"), null);
  assert.ok(find("[data-action=search]"));
});

test("the page's scripts cannot press the buttons", () => {
  const { card, find, dismissed, searched } = open([statement(0, "unsure")]);
  for (const action of ["report", "dismiss", "search"]) {
    find(`[data-action=${action}]`).click();
  }
  assert.deepEqual([dismissed, searched, find("form"), card.isOpen], [[], [], null, true]);
});

test("the words that counted are requested for at most three likely statements, and underlined", async () => {
  const likely = RANGES.slice(0, 4).map((_, index) => statement(index, "likely-false", { basis: "model", probability: 0.1 }));
  const { find, weighed } = open([...likely, statement(4, "false")]);
  await settle();
  assert.deepEqual(weighed.map(({ start }) => start), [0, 19, 37]);
  assert.deepEqual(weighed[0], { text: TEXT, start: 0, end: 18 });
  assert.equal(find("[data-strength]").textContent, "The");
});

test("a closed card requests nothing more", async () => {
  const { card, weighed } = open(
    [0, 1].map((index) => statement(index, "likely-false", { basis: "model", probability: 0.1 })),
  );
  card.close();
  await settle();
  assert.equal(weighed.length, 1);
});

test("a language model that withdraws a verdict changes the card and the finding", async () => {
  const unsure = statement(0, "unsure", { evidence: [{ ...EVIDENCE, relation: "related" }] });
  const answer = {
    ok: true,
    judge: { model: "small", address: "", isHere: true, policy: "veto" },
    explanation: "",
    isChanged: true,
    statement: unsure,
  };
  const { root, find, revised } = open([statement(0, "false", { evidence: [EVIDENCE] })], {
    current: { judgeSelections: true },
    background: { judge: async () => answer },
  });
  await settle();
  assert.deepEqual([revised, labels(root)], [["unsure"], [["unsure", false]]]);
  assert.equal(find("[part=judge-change]").textContent, words("judge_veto"));
  assert.ok(find("[part=look-up]"), "what is unsure now can be looked up");
});
