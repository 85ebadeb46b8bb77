import assert from "node:assert/strict";
import test from "node:test";

import { drawFrame, openPage, send } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
run("content/marks/mark-pointer.js");
const { MarkPointer } = globalThis;

const REST_MS = 300;
const LEAVE_MS = 400;

/** A page with findings to the left of x = 100, and a card to the right of x = 900. */
function pointer(context) {
  const { document, layout } = openPage("<p>Text</p>");
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const finding = { id: 1 };
  const other = { id: 2 };
  const painter = {
    isEmpty: false,
    restored: 0,
    restore: () => (painter.restored += 1),
    findingAt: (x) => (x < 50 ? finding : x < 100 ? other : undefined),
  };
  const opened = [];
  const card = {
    isOpen: false,
    close() {
      card.isOpen = false;
    },
    contains: ({ clientX }) => clientX > 900,
  };
  const page = { isSelected: false };
  document.getSelection = () => ({ isCollapsed: !page.isSelected });
  const end = new AbortController();
  const open = ({ id }) => {
    opened.push(id);
    card.isOpen = true;
  };
  new MarkPointer(painter, card, open, end.signal);
  const move = (x, init = {}) => {
    send(document.body, new PointerEvent("pointermove", { clientX: x, clientY: 5, bubbles: true, composed: true, ...init }));
    drawFrame(layout);
  };
  const click = (x, { isTrusted = true, ...init } = {}) => {
    const event = new MouseEvent("click", { clientX: x, clientY: 5, bubbles: true, composed: true, ...init });
    return isTrusted ? send(document.body, event) : document.body.dispatchEvent(event);
  };
  const wait = (milliseconds) => context.mock.timers.tick(milliseconds);
  return { painter, card, opened, page, end, move, click, wait, layout, document };
}

test("resting on a mark opens its card, passing over it does not", (context) => {
  const { move, wait, opened } = pointer(context);
  move(10);
  wait(REST_MS - 1);
  move(500);
  wait(1000);
  assert.deepEqual(opened, []);
  move(10);
  wait(REST_MS);
  assert.deepEqual(opened, [1]);
});

test("a card opened by hovering closes when the pointer leaves, but not while it is on the card", (context) => {
  const { card, move, wait } = pointer(context);
  move(10);
  wait(REST_MS);
  move(500);
  wait(LEAVE_MS - 1);
  assert.equal(card.isOpen, true);
  move(950);
  wait(1000);
  assert.equal(card.isOpen, true, "the reader reads it");
  move(500);
  wait(LEAVE_MS);
  assert.equal(card.isOpen, false);
});

test("moving to another mark opens that one's card", (context) => {
  const { move, wait, opened } = pointer(context);
  move(10);
  wait(REST_MS);
  move(60);
  wait(REST_MS);
  assert.deepEqual(opened, [1, 2]);
});

test("a card opened by a click is neither replaced nor closed by hovering elsewhere", (context) => {
  const { card, move, click, wait, opened } = pointer(context);
  click(10);
  assert.deepEqual(opened, [1]);
  move(60);
  wait(1000);
  move(500);
  wait(1000);
  assert.deepEqual([opened, card.isOpen], [[1], true]);
});

test("clicks beside marks, on the card, by scripts or with other buttons open nothing", (context) => {
  const { click, opened, painter } = pointer(context);
  click(500);
  click(950);
  click(10, { isTrusted: false });
  click(10, { button: 2 });
  painter.isEmpty = true;
  click(10);
  assert.deepEqual(opened, []);
});

test("selecting text on a mark opens no card", (context) => {
  const { click, move, wait, opened, page } = pointer(context);
  page.isSelected = true;
  click(10);
  move(10);
  wait(1000);
  assert.deepEqual(opened, []);
});

test("touch, and moving with a pressed button, do not hover", (context) => {
  const { move, wait, opened } = pointer(context);
  move(10, { pointerType: "touch" });
  move(10, { buttons: 1 });
  wait(1000);
  assert.deepEqual(opened, []);
});

test("hit tests run once a frame, only with marks, and restore them first", (context) => {
  const { document, painter, layout, move } = pointer(context);
  painter.isEmpty = true;
  move(10);
  assert.equal(painter.restored, 0);
  painter.isEmpty = false;
  [10, 20, 30].forEach((x) =>
    send(document.body, new PointerEvent("pointermove", { clientX: x, bubbles: true, composed: true })),
  );
  assert.equal(layout.frames.length, 1);
  move(10);
  assert.equal(painter.restored, 1);
});

test("aborting removes the listeners", (context) => {
  const { end, move, wait, click, opened } = pointer(context);
  move(10);
  end.abort();
  wait(1000);
  click(10);
  assert.deepEqual(opened, []);
});
