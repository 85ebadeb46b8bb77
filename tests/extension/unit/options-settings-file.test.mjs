// Exported settings contain no secrets; imported ones name no other machine.

import assert from "node:assert/strict";
import test from "node:test";

import { settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { HERE, click, find, saved, state } from "./options-page.mjs";

test("exported settings contain no secrets", async () => {
  await state({ token: "secret", allowedServer: "https://a.example" });
  const files = [];
  const links = [];
  URL.createObjectURL = (blob) => files.push(blob) && "blob:file";
  URL.revokeObjectURL = () => undefined;
  globalThis.window.HTMLAnchorElement.prototype.click = function () {
    links.push([this.href, this.download]);
  };
  await click("export-settings");
  assert.deepEqual([links, saved()], [[["blob:file", "plumbline-settings.json"]], words("options_exported")]);
  const exported = JSON.parse(await files[0].text());
  assert.deepEqual([exported.serverAddress, "token" in exported, "allowedServer" in exported], [HERE, false, false]);
});

async function choose(text) {
  Object.defineProperty(find("import-file"), "files", { value: [{ text: async () => text }], configurable: true });
  find("import-file").dispatchEvent(new Event("change"));
  await settle();
}

test("imported settings bring neither a server on another machine nor a token", async () => {
  await choose(JSON.stringify({ askFirst: true, printMarks: true, serverAddress: "https://a.example", token: "stolen" }));
  const { askFirst, printMarks, serverAddress, token } = await settings.read();
  assert.deepEqual([askFirst, printMarks, serverAddress, token], [true, true, HERE, "secret"]);
  assert.deepEqual([saved(), find("ask-first").checked], [words("options_saved"), true]);
});

test("a file without settings is refused and changes nothing", async () => {
  const before = await settings.read();
  await choose("no settings");
  assert.equal(find("import-error").textContent, words("options_import_refused"));
  assert.deepEqual(await settings.read(), before);
  await choose("{}");
  assert.equal(find("import-error").textContent, words("options_import_refused"));
});
