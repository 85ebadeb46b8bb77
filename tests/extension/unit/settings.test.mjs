import assert from "node:assert/strict";
import test from "node:test";

import { run, stored } from "./extension-api.mjs";

run("shared/browser.js");
run("shared/addresses.js");
run("shared/vocabulary.js");
run("shared/settings.js");
run("shared/auto-scan.js");
const { autoScan, settings, vocabulary } = globalThis;

test("missing or malformed settings are replaced by defaults", async () => {
  for (const odd of [undefined, null, 7, "text", [], { timeoutSeconds: "soon", autoScanSites: "a", serverAddress: 1 }]) {
    stored.settings = odd;
    assert.deepEqual(await settings.read(), { ...settings.DEFAULTS });
  }
  stored.settings = { timeoutSeconds: 25, autoScanSites: ["a", 7], askFirst: "yes" };
  const { timeoutSeconds, autoScanSites, askFirst } = await settings.read();
  assert.deepEqual([timeoutSeconds, autoScanSites, askFirst], [20, ["a"], false]);
});

test("sites are listed while auto-scan is off by default, exceptions while it is on", async () => {
  stored.settings = {};
  await settings.setAutoScan("b.example", true);
  await settings.setAutoScan("a.example", true);
  let current = await settings.read();
  assert.deepEqual(current.autoScanSites, ["a.example", "b.example"]);
  assert.ok(autoScan.isOn(current, "a.example") && !autoScan.isOn(current, "c.example"));
  await settings.update({ autoScanByDefault: true });
  await settings.setAutoScan("c.example", false);
  current = await settings.read();
  assert.deepEqual(current.autoScanExceptions, ["c.example"]);
  assert.ok(autoScan.isOn(current, "d.example") && !autoScan.isOn(current, "c.example"));
  await settings.setAutoScan("c.example", true);
  assert.deepEqual((await settings.read()).autoScanExceptions, []);
});

test("malformed stored settings never switch auto-scan on", () => {
  for (const odd of [undefined, null, 7, "a.example", [], { autoScanSites: "a.example" }, { autoScanByDefault: "yes" }]) {
    assert.equal(autoScan.isOn(odd, "a.example"), false, JSON.stringify(odd));
  }
  assert.ok(autoScan.isOn({ autoScanByDefault: true, autoScanExceptions: "a.example" }, "a.example"));
});

test("an export can be imported again, except for the token", () => {
  const current = { ...settings.DEFAULTS, token: "secret", askFirst: true, autoScanSites: ["a.example"], hiddenLabels: ["true"] };
  const json = JSON.stringify(settings.exported(current));
  assert.ok(!json.includes("secret"));
  assert.deepEqual({ ...settings.DEFAULTS, ...settings.imported(json) }, { ...current, token: "" });
});

test("an imported file sets neither a remote server nor a token", () => {
  const imported = settings.imported(JSON.stringify({ serverAddress: "https://elsewhere.example", token: "x", askFirst: true }));
  assert.deepEqual(imported, { askFirst: true });
});

test("a language model is asked with one switch about selections and with a second one about marks", () => {
  const may = (changes) => ["selection", "page"].map((purpose) => settings.mayJudge({ ...settings.DEFAULTS, ...changes }, purpose));
  assert.deepEqual(may({}), [false, false]);
  assert.deepEqual(may({ judgeSelections: true }), [true, false]);
  assert.deepEqual(may({ judgeSelections: true, judgePages: true }), [true, true]);
  assert.deepEqual(may({ judgePages: true }), [false, false]);
});

test("no file allows a language model on another machine", () => {
  const given = { judgeSelections: true, allowedJudge: "https://elsewhere.example" };
  assert.deepEqual(settings.imported(JSON.stringify(given)), { judgeSelections: true });
  assert.ok(!("allowedJudge" in settings.exported({ ...settings.DEFAULTS, ...given })));
});

test("a file without settings is refused", () => {
  for (const text of ["", "{}", "[]", "null", "7", "<html>", '{"token":"x"}']) {
    assert.equal(settings.imported(text), null, text);
  }
});

test("painted labels follow the settings and never include no-claim", () => {
  assert.deepEqual(vocabulary.paintedLabels(settings.DEFAULTS), ["false", "mixed", "true", "likely-false", "likely-true"]);
  const few = { ...settings.DEFAULTS, hiddenLabels: ["true", "likely-true", "unsure", "no-claim"], paintUnsure: true };
  assert.deepEqual(vocabulary.paintedLabels(few), ["false", "mixed", "likely-false", "unsure"]);
});
