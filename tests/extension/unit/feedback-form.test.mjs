import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { run } from "./extension-api.mjs";
import { ruling } from "./rulings.mjs";

show("");
globalThis.words = (key, ...parts) => [key, ...parts].join(" ");
globalThis.uiLanguage = () => "en";
for (const name of ["shared/addresses", "shared/vocabulary", "content/card/card-elements", "content/card/card-evidence"]) {
  run(`${name}.js`);
}
run("content/card/card-failure.js");
run("content/card/feedback-form.js");
const { CardFailure, FeedbackForm } = globalThis;

/** The form for a verdict, in a page at an address. */
function form(label, evidence, { protocol = "https:" } = {}) {
  const { defaultView } = show("");
  Object.assign(globalThis, { location: { protocol, href: `${protocol}//page.example/` }, FormData: defaultView.FormData });
  const sent = [];
  const made = FeedbackForm.create({ label, evidence }, "http://127.0.0.1:8642", {
    send: async (feedback) => void sent.push(feedback),
    close: () => undefined,
  });
  document.body.append(made);
  return { made, sent, window: defaultView };
}
const corrections = (made) => [...made.querySelectorAll("[name=correction]")].map(({ value }) => value);

test("the shown label is not offered as a correction", () => {
  assert.deepEqual(corrections(form("false", []).made), ["mixed", "true", "no-claim", "unsure"]);
  assert.deepEqual(corrections(form("likely-false", []).made), ["false", "mixed", "true", "no-claim", "unsure"]);
});

test("a fact-check can be about something else where one has an address", () => {
  assert.ok(corrections(form("false", [ruling({})]).made).includes("other-claim"));
  for (const url of ["", "javascript:alert(1)"]) {
    assert.ok(!corrections(form("false", [ruling({ url })]).made).includes("other-claim"), url);
  }
});

test("the form asks which fact-check only for that correction", () => {
  const { made, window } = form("false", [ruling({}), ruling({ url: "https://paper.example/other", claim: "It is blue" })]);
  const which = made.querySelector("select").parentElement;
  const choose = (value) => {
    made.querySelector(`[value="${value}"]`).checked = true;
    made.dispatchEvent(new window.Event("change"));
  };
  assert.equal(which.hidden, true);
  choose("other-claim");
  assert.equal(which.hidden, false);
  assert.equal(made.querySelectorAll("option").length, 2);
  choose("true");
  assert.equal(which.hidden, true);
});

test("the page's address is offered only for http and https", () => {
  assert.equal(form("false", []).made.querySelectorAll("[type=checkbox]").length, 1);
  assert.equal(form("false", [], { protocol: "file:" }).made.querySelectorAll("[type=checkbox]").length, 0);
});

test("the page's scripts can neither press the button nor submit the form", () => {
  const { made, sent, window } = form("false", []);
  made.querySelector('[value="true"]').checked = true;
  made.querySelector("[type=submit]").click();
  made.dispatchEvent(new window.Event("submit", { cancelable: true }));
  assert.deepEqual(sent, []);
});

const failure = (kind, changes) => {
  show("");
  return CardFailure.content({ kind, address: "http://127.0.0.1:9000", detail: "", ...changes });
};

test("a failure that a start fixes shows the start command with its port", () => {
  const shown = failure("unreachable");
  assert.equal(shown.querySelector("code").textContent, "python3 scripts/start.py --port 9000");
  assert.equal(shown.querySelector("button"), null);
  assert.equal(failure("unreachable", { address: "https://plumbline.example" }).querySelector("code"), null);
});

test("a failure that the options fix shows their button and the server's message", () => {
  const shown = failure("no-token", { detail: "HTTP 401" });
  assert.equal(shown.querySelector("button").dataset.action, "options");
  assert.equal(shown.querySelector('[part="detail"]').textContent, "HTTP 401");
  assert.equal(shown.querySelector("code"), null);
});
