import assert from "node:assert/strict";
import test from "node:test";

import { run } from "./extension-api.mjs";

// What the browser would send, as far as the watcher looks at it.
class MouseEvent {
  constructor(type, properties) {
    Object.assign(this, { type, isTrusted: true, detail: 1, ...properties });
  }
}
class PointerEvent extends MouseEvent {
  composedPath = () => this.path ?? [];
}
class KeyboardEvent extends MouseEvent {}
class ShadowRoot {
  constructor(localName) {
    this.host = { localName };
  }
}

const page = { isSelected: false, isActive: false };
Object.assign(globalThis, {
  MouseEvent,
  PointerEvent,
  KeyboardEvent,
  ShadowRoot,
  CARD_NAME: "plumbline-card",
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  document: { getSelection: () => ({ isCollapsed: !page.isSelected }) },
});
globalThis.navigator.userActivation = { isActive: false };
const SelectionWatcher = run("content/entry/selection-watcher.js", "SelectionWatcher");

const SOON_MS = 400;

/** A reader in a page, and what was noticed of what they do. */
function reader(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 10_000;
  context.mock.method(performance, "now", () => now);
  page.isSelected = false;
  const noticed = { begun: 0, selected: 0, left: 0 };
  const watcher = new SelectionWatcher({
    onBegin: () => (noticed.begun += 1),
    onSelected: () => (noticed.selected += 1),
    onLeft: () => (noticed.left += 1),
  });
  const send = (event) => watcher.handleEvent(event);
  const pointer = (type, x, properties) =>
    send(new PointerEvent(type, { clientX: x, clientY: 0, timeStamp: now, pointerType: "mouse", ...properties }));
  return {
    noticed,
    watcher,
    press: (x = 0, properties = {}) => pointer("pointerdown", x, properties),
    release: (x = 0, properties = {}) => pointer("pointerup", x, properties),
    mouse: (type, properties) => send(new MouseEvent(type, properties)),
    key: (key, properties = {}) => send(new KeyboardEvent("keydown", { key, ...properties })),
    select(isSelected = true) {
      page.isSelected = isSelected;
      send({ type: "selectionchange" });
    },
    wait(milliseconds = SOON_MS) {
      now += milliseconds;
      context.mock.timers.tick(milliseconds);
    },
  };
}

test("selecting by dragging is reported when it begins and when it ends", (context) => {
  const { noticed, press, release, select, wait } = reader(context);
  press(0);
  select();
  assert.deepEqual([noticed.begun, noticed.selected], [1, 0]);
  wait();
  assert.equal(noticed.selected, 0);
  release(50);
  wait();
  assert.equal(noticed.selected, 1);
});

test("a selection that a script makes on a click is not the reader's", (context) => {
  const { noticed, press, release, select, wait } = reader(context);
  press(0);
  release(1);
  select();
  wait();
  assert.equal(noticed.selected, 0);
});

test("a double click selects a word", (context) => {
  const { noticed, press, release, mouse, select, wait } = reader(context);
  press(0);
  mouse("mousedown", { detail: 2 });
  select();
  release(0);
  wait();
  assert.equal(noticed.selected, 1);
});

test("Shift with arrow keys and Ctrl+A are selections by keyboard", (context) => {
  for (const [key, held] of [["ArrowRight", { shiftKey: true }], ["End", { shiftKey: true }], ["a", { ctrlKey: true }], ["A", { metaKey: true }]]) {
    const { noticed, key: type, select, wait } = reader(context);
    type(key, held);
    select();
    wait();
    assert.equal(noticed.selected, 1, key);
    context.mock.timers.reset();
    context.mock.restoreAll();
  }
});

test("arrow keys alone do not count as selecting", (context) => {
  const { noticed, key, select, wait } = reader(context);
  key("ArrowRight");
  select();
  wait();
  assert.equal(noticed.selected, 0);
});

test("a selection after an unrelated key is a script's", (context) => {
  const { noticed, key, select, wait } = reader(context);
  key("ArrowRight", { shiftKey: true });
  key("x");
  select();
  wait();
  assert.equal(noticed.selected, 0);
});

test("releasing or pressing Shift does not end a selection by keyboard", (context) => {
  const { noticed, key, select, wait } = reader(context);
  key("ArrowRight", { shiftKey: true });
  key("Shift");
  select();
  wait();
  assert.equal(noticed.selected, 1);
});

test("by touch a long press selects, a tap does not", (context) => {
  for (const [lasts, selected] of [[500, 1], [100, 0]]) {
    const { noticed, press, release, select, wait } = reader(context);
    press(0, { pointerType: "touch" });
    wait(lasts);
    select();
    release(0);
    wait();
    assert.equal(noticed.selected, selected, `${lasts} ms`);
    context.mock.timers.reset();
    context.mock.restoreAll();
  }
});

test("untrusted events are ignored", (context) => {
  const { noticed, watcher, select, wait } = reader(context);
  watcher.handleEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, isTrusted: false }));
  select();
  wait();
  assert.equal(noticed.selected, 0);
});

test("a change long after the mouse was released is a script's", (context) => {
  const { noticed, press, release, select, wait } = reader(context);
  press(0);
  release(50);
  wait(2500);
  select();
  wait();
  assert.equal(noticed.selected, 0);
});

test("clearing the selection reports that the reader left", (context) => {
  const { noticed, key, select, wait } = reader(context);
  key("ArrowRight", { shiftKey: true });
  select(false);
  wait();
  assert.deepEqual([noticed.selected, noticed.left], [0, 1]);
});

test("a click in the page reports that the reader left, a click in the card does not", (context) => {
  const { noticed, press, release, watcher } = reader(context);
  const inPage = new ShadowRoot("their-element");
  press(0, { path: [inPage, {}] });
  release(0);
  assert.deepEqual([noticed.left, watcher.shadowRoots], [1, [inPage]]);
  press(0, { path: [new ShadowRoot("plumbline-card")] });
  assert.equal(noticed.left, 1);
});

test("a selection made before the watcher started is reported if the reader made it", (context) => {
  for (const isActive of [true, false]) {
    const { noticed, watcher, wait } = reader(context);
    globalThis.navigator.userActivation.isActive = isActive;
    page.isSelected = true;
    watcher.catchUp();
    wait();
    assert.equal(noticed.selected, isActive ? 1 : 0);
    context.mock.timers.reset();
    context.mock.restoreAll();
  }
});
