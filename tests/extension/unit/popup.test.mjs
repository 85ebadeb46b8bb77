import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { load } from "./extension-api.mjs";

globalThis.browser.i18n = { getMessage: (key, parts) => [key, ...parts].join(" ") };
const heard = { storage: [], frames: new Map(), followed: [] };
globalThis.browser.storage.onChanged = { addListener: (one) => heard.storage.push(one) };
const { showFindings, showLabelShares } = await load("popup/findings-list.js");
globalThis.messages = {
  follow(_tab, _name, listener, frameId) {
    heard.frames.set(frameId, listener);
    heard.followed.push(frameId);
  },
};

const BODY = `<button id=auto-scan aria-checked=false></button><p id=findings-count></p>
  <div id=shares-bar></div><ul id=shares></ul><div id=findings></div>`;
const text = (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

test("each label's share is a part of the bar and a line with a percentage", () => {
  show(BODY);
  showLabelShares([{ label: "false", count: 1 }, { label: "unsure", count: 2 }], 3);
  const parts = [...document.querySelectorAll("#shares-bar span")];
  assert.deepEqual(parts.map(({ dataset, style }) => [dataset.label, style.flexGrow]), [["false", "1"], ["unsure", "2"]]);
  assert.deepEqual(text("#shares li"), ["popup_share label_false 1 33", "popup_share label_unsure 2 67"]);
});

test("where nothing was judged there is no bar", () => {
  show(BODY);
  showLabelShares([], 0);
  assert.equal(document.querySelector("#shares-bar").hidden, true);
});

const report = (frame, changes) => ({ frame, isTop: frame === "top", isScanning: false, findings: [], counts: {}, ...changes });
const finding = (id, label, words) => ({ id, label, text: words });

test("the findings of all frames are listed by label, the page's before its frames'", async () => {
  show(BODY);
  showFindings(5);
  const hear = heard.frames.get(undefined);
  hear(report("inner", { findings: [finding(1, "false", "In a frame.")], counts: { false: 1 } }));
  hear(report("top", { findings: [finding(1, "true", "Right."), finding(2, "false", "Wrong.")], counts: { true: 1, false: 1, "no-claim": 2 } }));
  assert.deepEqual(text("#findings h3"), ["label_false (2)", "label_true (1)"]);
  assert.deepEqual(text("#findings button"), ["Wrong.", "In a frame.", "Right."]);
  assert.deepEqual(text("#findings-count"), ["popup_summary 3 3 popup_checked 5"]);
});

test("a frame's new report replaces its earlier one, and an unchanged list keeps the focus", () => {
  show(BODY);
  showFindings(5);
  const hear = heard.frames.get(undefined);
  hear(report("inner"));
  hear(report("top", { findings: [finding(1, "true", "Right.")], counts: { true: 1 } }));
  const button = document.querySelector("#findings button");
  hear(report("top", { findings: [finding(1, "true", "Right.")], counts: { true: 1, "no-claim": 1 } }));
  assert.equal(document.querySelector("#findings button"), button);
  hear(report("top"));
  assert.deepEqual(text("#findings button"), []);
});

test("what is said of nothing depends on whether the page is scanned", () => {
  show(BODY);
  showFindings(5);
  const hear = heard.frames.get(undefined);
  hear(report("top"));
  assert.deepEqual(text("#findings-count"), ["popup_findings_none popup_findings_hint"]);
  document.querySelector("#auto-scan").setAttribute("aria-checked", "true");
  hear(report("top"));
  assert.deepEqual(text("#findings-count"), ["popup_findings_none_scanned"]);
  hear(report("top", { isScanning: true }));
  assert.deepEqual(text("#findings-count"), ["popup_scanning"]);
});

test("a page without claims says so", () => {
  show(BODY);
  showFindings(5);
  heard.frames.get(undefined)(report("top", { counts: { "no-claim": 4 } }));
  assert.deepEqual(text("#findings-count"), ["popup_summary_no_claim popup_checked 4"]);
});

test("a later frame is followed once", async () => {
  show(BODY);
  heard.storage.length = 0;
  showFindings(6);
  await new Promise((resolve) => setImmediate(resolve));
  heard.followed.length = 0;
  const [changed] = heard.storage;
  changed({ "counts:6": { newValue: { 3: 0 } } }, "session");
  changed({ "counts:6": { newValue: { 3: 1 } } }, "session");
  changed({ "counts:7": { newValue: { 9: 1 } } }, "session");
  assert.deepEqual(heard.followed, [3]);
});
