import assert from "node:assert/strict";
import test from "node:test";

import { openPage, press, send } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
run("shared/auto-scan.js");
run("content/card/card-host.js");
run("content/reload-notice.js");
const { ReloadNotice } = globalThis;

/** The notice of an extension that is gone: by then there are no words to be had. */
function show() {
  const { document } = openPage("<p>Page</p>");
  globalThis.words = (key) => ({ notice_cut_off: "Reload this page.", "@@bidi_dir": "rtl" })[key];
  const notice = new ReloadNotice();
  globalThis.words = () => assert.fail("the extension is gone");
  notice.show();
  return { document, host: () => document.querySelector(CARD_NAME) };
}

test("the reload notice uses texts that were fetched before", () => {
  const [notice] = show().host().shadowRoot.children;
  assert.deepEqual([notice.textContent, notice.dir, notice.getAttribute("role")], ["Reload this page.", "rtl", "alert"]);
});

test("a click anywhere or Escape closes the notice, other keys do not", () => {
  const pressed = show();
  send(pressed.document.body, new PointerEvent("pointerdown", { bubbles: true }));
  assert.equal(pressed.host(), null);
  const keyed = show();
  press(keyed.document.body, "a");
  assert.ok(keyed.host());
  press(keyed.document.body, "Escape");
  assert.equal(keyed.host(), null);
});
