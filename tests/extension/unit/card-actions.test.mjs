import assert from "node:assert/strict";
import test from "node:test";

import { click, openPage, settle } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
globalThis.words = (key) => key;
run("content/card/card-elements.js");
run("content/card/card-actions.js");
const { CardActions } = globalThis;

/** The buttons under a verdict. `copyCommand` is what the browser does at `document.execCommand("copy")`. */
function row({ clipboard, copyCommand = () => false } = {}) {
  const { document } = openPage();
  Object.defineProperty(globalThis.navigator, "clipboard", { value: clipboard, configurable: true });
  document.execCommand = copyCommand;
  const pressed = [];
  const made = CardActions.row({
    report: () => pressed.push("report"),
    dismiss: () => pressed.push("dismiss"),
    plainText: () => "plain",
    markdown: () => "**marked**",
  });
  document.body.append(made);
  const button = (action) => made.querySelector(`[data-action="${action}"]`);
  const status = () => made.querySelector("[part=status]").textContent;
  return { pressed, button, status };
}

test("the text is put on the clipboard, plain or as Markdown", async () => {
  const written = [];
  const { button, status } = row({ clipboard: { writeText: async (text) => void written.push(text) } });
  click(button("copy"));
  click(button("copy-markdown"));
  await settle();
  assert.deepEqual([written, status()], [["plain", "**marked**"], "action_copied"]);
});

test("without a clipboard API the text is copied by a copy event that the page does not see", async () => {
  const given = {};
  const seenByPage = [];
  const copyCommand = () => {
    const event = new Event("copy", { bubbles: true, cancelable: true });
    event.clipboardData = { setData: (type, text) => (given[type] = text) };
    document.addEventListener("copy", () => seenByPage.push("copy"), { once: true });
    document.body.dispatchEvent(event);
    assert.equal(event.defaultPrevented, true, "the browser would copy the selection");
  };
  const { button, status } = row({ copyCommand });
  click(button("copy"));
  await settle();
  assert.deepEqual([given, seenByPage, status()], [{ "text/plain": "plain" }, [], "action_copied"]);
  const later = new Event("copy", { bubbles: true, cancelable: true });
  document.body.dispatchEvent(later);
  assert.equal(later.defaultPrevented, false, "the reader's own copying is still caught");
});

test("a failed copy is reported", async () => {
  const { button, status } = row({ clipboard: { writeText: () => Promise.reject(new Error("forbidden")) } });
  click(button("copy"));
  await settle();
  assert.equal(status(), "action_not_copied");
});

test("only the reader can report and dismiss", () => {
  const { button, pressed } = row();
  button("report").click();
  button("dismiss").click();
  assert.deepEqual(pressed, []);
  click(button("report"));
  click(button("dismiss"));
  assert.deepEqual(pressed, ["report", "dismiss"]);
});
