// How the parts in a page work together when the settings change.

import assert from "node:assert/strict";
import test from "node:test";

import { load, run } from "./extension-api.mjs";

/** Each part notes what is asked of it. */
const log = [];
function part(name, methods, more = {}) {
  const made = class {
    constructor(...given) {
      log.push([name, "new"]);
      made.given = given;
    }
  };
  for (const method of methods) {
    made.prototype[method] = (...given) => void log.push([name, method, ...given]);
  }
  return Object.assign(made, more);
}
await load("shared/addresses.js");
await load("shared/settings.js");
await load("shared/vocabulary.js");
const state = { isBusy: false };
Object.assign(globalThis, {
  CardHost: { sweep: () => log.push(["CardHost", "sweep"]) },
  Painter: part("Painter", ["print", "hide"], { sweep: () => log.push(["Painter", "sweep"]) }),
  Card: part("Card", ["close"]),
  BackgroundClient: part("BackgroundClient", ["reportCount"]),
  Findings: part("Findings", ["follow"]),
  StatementCard: part("StatementCard", []),
  FindingNavigator: part("FindingNavigator", ["jump", "step", "open"]),
  SelectionCheck: part("SelectionCheck", ["clear", "onSelected", "onLeft", "onCommand"]),
  MarkPointer: part("MarkPointer", []),
  PageScan: part("PageScan", ["destroy", "paint", "resume"]),
});
globalThis.Findings.prototype.summary = () => ({ findings: [], counts: { false: 2 } });
Object.defineProperty(globalThis.PageScan.prototype, "isBusy", { get: () => state.isBusy });
run("content/page-controller.js");
const { PageController } = globalThis;

/** What was done meanwhile, without the settings that were passed on. */
function done() {
  return log.splice(0).map(([name, method]) => `${name}.${method}`);
}
function open() {
  log.length = 0;
  const controller = new PageController({ shadowRoots: () => [], onCutOff: () => undefined, signal: new AbortController().signal });
  return controller;
}
const wanted = (changes) => settings.complete(changes);

test("marks and cards of an earlier run are removed first", () => {
  open();
  assert.deepEqual(done().filter((one) => one.endsWith("sweep")), ["Painter.sweep", "CardHost.sweep"]);
});

test("a scan starts and stops with the switch, and unrelated settings do not interrupt it", () => {
  const controller = open();
  done();
  controller.follow(wanted({}), true);
  assert.deepEqual(done(), ["Painter.print", "SelectionCheck.clear", "PageScan.new"]);
  controller.follow(wanted({ askFirst: true, printMarks: true }), true);
  assert.deepEqual(done(), ["Painter.print"]);
  controller.follow(wanted({}), false);
  assert.deepEqual(done(), ["Painter.print", "PageScan.destroy", "SelectionCheck.clear", "Card.close"]);
  controller.follow(wanted({}), false);
  assert.deepEqual(done(), ["Painter.print"]);
});

test("a change of painted labels or of the server restarts the scan", () => {
  for (const changes of [{ paintUnsure: true }, { hiddenLabels: ["false"] }, { serverAddress: "http://127.0.0.1:9000" }]) {
    const controller = open();
    controller.follow(wanted({}), true);
    done();
    controller.follow(wanted(changes), true);
    assert.deepEqual(done().slice(1), ["PageScan.destroy", "SelectionCheck.clear", "Card.close", "SelectionCheck.clear", "PageScan.new"]);
  }
});

test("the popup gets a report at once, pending answers included, and the scan resumes", () => {
  const controller = open();
  controller.follow(wanted({}), true);
  state.isBusy = true;
  done();
  const sent = [];
  controller.report((report) => sent.push(report), {});
  assert.deepEqual(sent, [{ isScanning: true, findings: [], counts: { false: 2 } }]);
  assert.deepEqual(done(), ["PageScan.paint", "Findings.follow", "PageScan.resume"]);
});

test("stepping to a finding paints pending answers first", () => {
  const controller = open();
  controller.follow(wanted({}), true);
  done();
  assert.equal(controller.step(1), true);
  assert.deepEqual(done(), ["PageScan.paint", "FindingNavigator.step"]);
});

test("hiding the marks closes the card, and closing removes everything", () => {
  const controller = open();
  controller.follow(wanted({}), true);
  done();
  controller.hideMarks(true);
  assert.deepEqual(done(), ["Painter.hide", "Card.close"]);
  controller.close();
  assert.deepEqual(done(), ["PageScan.destroy", "SelectionCheck.clear", "Card.close"]);
});

test("without a scan the page is not reported as scanning", () => {
  state.isBusy = true;
  assert.equal(open().isScanning, false);
});
