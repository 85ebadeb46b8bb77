// The script that runs in every page: when it loads the rest, whom it answers, and how it ends.

import assert from "node:assert/strict";
import test from "node:test";

import { enter, LISTED } from "./entry-page.mjs";

const SCANNED = { autoScanSites: ["herald.example"] };

test("in an idle page nothing more is loaded, and nothing starts before its idle moment", async () => {
  const { log, heard, settle } = enter();
  assert.equal(heard.handlers, undefined);
  log.idle[0]();
  await settle();
  assert.ok(heard.handlers);
  assert.deepEqual([log.imported, log.controllers, log.caughtUp], [[], [], 1]);
});

test("a selection loads the other scripts once and is passed to them", async () => {
  const { log, settle, done } = enter();
  const [watcher] = log.watchers;
  watcher.onBegin();
  watcher.onSelected();
  await settle();
  assert.deepEqual(log.imported, LISTED);
  assert.equal(log.controllers.length, 1);
  assert.deepEqual(done(), [["hideMarks", false], ["follow", {}, false], ["onSelected"]]);
  watcher.onLeft();
  assert.deepEqual(done().at(-1), ["onLeft"]);
});

test("a scanned site loads the other scripts at its start", async () => {
  const { begin, done } = enter({ stored: SCANNED });
  await begin();
  assert.deepEqual(done(), [["hideMarks", false], ["follow", SCANNED, true]]);
});

test("changes of the settings are followed, and can start a scan", async () => {
  const { begin, change, log, done } = enter();
  await begin();
  await change({ autoScanSites: ["other.example"] });
  assert.deepEqual(log.imported, []);
  await change(SCANNED);
  assert.deepEqual(done().at(-1), ["follow", SCANNED, true]);
  await change({});
  assert.deepEqual(done().at(-1), ["follow", {}, false]);
});

test("a frame follows the switch of the page that it stands in", async () => {
  const inner = { stored: { autoScanSites: ["outer.example"] }, isTop: false };
  const outer = enter({ ...inner, ancestor: "https://outer.example" });
  await outer.begin();
  assert.deepEqual([outer.done().at(-1)[2], outer.log.asked], [true, []]);
  const asking = enter({ ...inner, pageSite: "outer.example" });
  await asking.begin();
  assert.deepEqual([asking.done().at(-1)[2], asking.log.asked], [true, ["site-of-page"]]);
  const own = enter({ ...inner, stored: SCANNED, ancestor: "https://outer.example" });
  await own.begin();
  assert.deepEqual(own.log.imported, [], "its own site's switch counts");
});

test("a frame asks for its page's site only if any site is scanned", async () => {
  const { begin, log } = enter({ isTop: false });
  await begin();
  assert.deepEqual(log.asked, []);
});

test("the popup gets the page's state without loading anything", async () => {
  const { begin, heard, log } = enter();
  await begin();
  assert.deepEqual({ ...heard.handlers["page-state"]() }, {
    hostname: "herald.example",
    kind: "page",
    marksAreHidden: false,
    isAutoScanned: false,
    isScanning: false,
  });
  assert.deepEqual(log.imported, []);
  const pdf = enter({ contentType: "application/pdf" });
  await pdf.begin();
  assert.equal(pdf.heard.handlers["page-state"]().kind, "pdf");
});

test("shortcuts load the other scripts and are passed on; hidden marks stay hidden", async () => {
  const { begin, heard, log, done, settle } = enter();
  await begin();
  assert.equal(heard.handlers["hide-marks"]({ hidden: true }), true);
  assert.equal(heard.handlers["page-state"]().marksAreHidden, true);
  assert.deepEqual(log.imported, []);
  await heard.handlers["step-to-finding"]({ direction: -1 });
  await heard.handlers["check-selection"]();
  await settle();
  assert.deepEqual(done(), [["hideMarks", true], ["follow", {}, false], ["step", -1], ["checkSelection"]]);
});

test("a finding is opened only by the frame that has it", async () => {
  const { begin, heard, done, log } = enter();
  await begin();
  const reports = [];
  heard.streams.findings((report) => reports.push(report), {});
  const [{ frame, isTop, isScanning }] = reports;
  assert.deepEqual([isTop, isScanning], [true, false]);
  assert.equal(await heard.handlers["open-finding"]({ frame: "another", id: 3 }), undefined);
  assert.deepEqual(log.imported, []);
  await heard.handlers["open-finding"]({ frame, id: 3 });
  assert.deepEqual(done().at(-1), ["jump", 3]);
});

test("followers get findings after loading, under the same frame name", async () => {
  const { begin, heard, log, settle } = enter();
  await begin();
  const reports = [];
  heard.streams.findings((report) => reports.push(report), {});
  log.watchers[0].onBegin();
  await settle();
  assert.deepEqual(reports.map(({ isScanning, counts }) => [isScanning, { ...counts }]), [[false, {}], [true, { false: 1 }]]);
  assert.equal(reports[0].frame, reports[1].frame);
});

test("leftovers of an earlier version cause loading, which cleans them up", async () => {
  const { begin, log } = enter({ highlights: 1 });
  await begin();
  assert.equal(log.controllers.length, 1);
});

test("a new version stops the scripts of the earlier one", async () => {
  const { world, begin, log, heard, done } = enter({ stored: SCANNED });
  await begin();
  world.plumblineInPage.stop();
  assert.deepEqual([log.watchers[0].isDestroyed, log.stopped, heard.storage, done().at(-1)], [true, 1, [], ["close"]]);
  assert.equal(world.plumblineInPage, undefined);
});

test("a page without its extension says so once, if the notice was loaded before", async () => {
  const { begin, log, state, world, settle, heard } = enter();
  await begin();
  world.document.hidden = true;
  heard.visibility.forEach((listener) => listener());
  await settle();
  assert.deepEqual(log.imported.map((path) => path.split("/").at(-1)), ["translations.js", "card-host.js", "reload-notice.js"]);
  Object.assign(state, { isCutOff: true, failImport: true });
  log.watchers[0].onSelected();
  await settle();
  log.watchers[0].onSelected();
  await settle();
  assert.deepEqual([log.notices, log.watchers[0].isDestroyed], [1, true]);
  const silent = enter();
  Object.assign(silent.state, { isCutOff: true, failImport: true });
  silent.log.watchers[0].onSelected();
  await silent.settle();
  assert.deepEqual([silent.log.notices, silent.log.watchers[0].isDestroyed], [0, true]);
});

test("a loaded page learns from failed requests that the extension is gone", async () => {
  const { begin, log } = enter({ stored: SCANNED });
  await begin();
  log.controllers[0].page.onCutOff();
  assert.deepEqual([log.notices, log.watchers[0].isDestroyed], [1, true]);
});
