import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { run } from "./extension-api.mjs";

show("");
globalThis.words = (key, ...parts) => [key, ...parts].join(" ");
run("shared/browser.js");
run("shared/addresses.js");
run("shared/settings.js");
run("content/card/card-elements.js");
run("content/card/language-model-note.js");
const { LanguageModelNote } = globalThis;

const TEXT = "The bridge is old.";
const JUDGE = { model: "small", address: "http://127.0.0.1:11434", isHere: true, policy: "veto" };
const said = (changes) => ({ ok: true, judge: JUDGE, explanation: "Both say so.", isChanged: false, statement: {}, ...changes });

/** A card with some statements; `evidence` says how many rulings each has. */
function card(...evidence) {
  const document = show('<article><div part="actions"></div></article>'.repeat(evidence.length));
  const articles = document.querySelectorAll("article");
  return evidence.map((count, index) => {
    const statement = { start: index, end: TEXT.length, evidence: Array(count).fill({}) };
    return { statement, article: articles[index] };
  });
}

/** Have a card read; the answers come one after the other. */
async function read(shown, answers, { current = { judgeSelections: true }, revise = () => assert.fail("revised"), end } = {}) {
  const asked = [];
  const controller = new AbortController();
  const background = {
    async judge(question) {
      asked.push(question.start);
      if (end === asked.length) {
        controller.abort();
      }
      return answers.shift();
    },
  };
  const reader = new LanguageModelNote(background, () => current);
  await reader.read(shown, TEXT, "selection", controller.signal, revise);
  return asked;
}
const lines = ({ article }) => [...article.querySelectorAll('[part="judge"]')].map(({ textContent }) => textContent);

test("without the reader's switch no statement is sent to the language model", async () => {
  assert.deepEqual(await read(card(1), [said()], { current: {} }), []);
});

test("only the first three statements with rulings are read, and the text appears above the buttons", async () => {
  const shown = card(1, 0, 1, 1, 1);
  assert.deepEqual(await read(shown, [said(), undefined, { ok: false }, said()]), [0, 2, 3]);
  assert.deepEqual(lines(shown[0]), ["judge_here smallBoth say so."]);
  assert.equal(shown[0].article.lastElementChild.getAttribute("part"), "actions");
  assert.deepEqual([lines(shown[2]), lines(shown[3])], [[], []]);
});

test("a model on another machine is named with its address; without an explanation no name is shown", async () => {
  const shown = card(1, 1);
  await read(shown, [said({ judge: { ...JUDGE, isHere: false } }), said({ explanation: "" })]);
  assert.deepEqual(lines(shown[0]), ["judge_elsewhere small http://127.0.0.1:11434Both say so."]);
  assert.deepEqual(lines(shown[1]), []);
});

test("a changed verdict is shown in place of the first one, with the reason", async () => {
  const shown = card(1);
  const [revised] = card(1);
  const revise = () => revised.article;
  await read(shown, [said({ isChanged: true })], { revise });
  assert.deepEqual(lines(revised), ["judge_here smallBoth say so.judge_veto"]);
});

test("the model's text is inserted as text, even if it looks like markup", async () => {
  const shown = card(1);
  await read(shown, [said({ explanation: "<img src=x>" })]);
  assert.equal(shown[0].article.querySelector("img"), null);
  assert.deepEqual(lines(shown[0]), ["judge_here small<img src=x>"]);
});

test("an open feedback form is not replaced by the model's answer", async () => {
  const shown = card(1);
  const form = document.createElement("form");
  form.setAttribute("part", "feedback");
  shown[0].article.replaceChildren(form);
  await read(shown, [said({ isChanged: true })]);
  assert.ok(shown[0].article.querySelector("form"));
  assert.deepEqual(lines(shown[0]), []);
});

test("after the card closes no further statement is sent", async () => {
  assert.deepEqual(await read(card(1, 1), [said(), said()], { end: 1 }), [0]);
});
