// The card: where it stands, who may close it, and what it does to the page around it.

import assert from "node:assert/strict";
import test from "node:test";

import { click, drawFrame, openPage, press, send } from "./browser.mjs";
import { run } from "./extension-api.mjs";

openPage();
let direction = "ltr";
globalThis.words = (key) => (key === "@@bidi_dir" ? direction : key);
globalThis.uiLanguage = () => "en-GB";
run("shared/auto-scan.js");
run("content/card/card-host.js");
run("content/card/card-style.js");
run("content/card/card-elements.js");
run("content/card/card.js");
const { Card, CardElements, CardHost } = globalThis;

const box = (left, top, width = 200, height = 20) => ({ left, top, right: left + width, bottom: top + height });

/** A page with a card beside a place in it. */
function open({ body = "<button id=page>Page</button>", anchor = box(100, 100), size, ...options } = {}) {
  const page = openPage(body);
  Object.assign(page.layout.size, size);
  document.querySelector("#page")?.focus();
  const card = new Card();
  card.show("notice", [CardElements.notice("Some words")], { anchor: () => anchor, ...options });
  const host = () => document.querySelector(CARD_NAME);
  const part = (name) => host().shadowRoot.querySelector(`[part="${name}"]`);
  const place = () => ["left", "top"].map((name) => part("card").style[name]);
  return { ...page, card, host, part, place };
}

test("the card is one element in the top layer, and closing removes it", () => {
  const { card, document, host, part } = open();
  assert.equal(host().parentNode, document.documentElement);
  assert.equal(host().popover, "manual");
  assert.equal(host().isShownOnTop, true);
  assert.deepEqual([part("card").dataset.state, part("body").textContent], ["notice", "Some words"]);
  card.close();
  assert.equal(host(), null);
  assert.equal(card.isOpen, false);
});

test("an open card gets new content and a new footer in the same element", () => {
  const { card, host, part } = open();
  const before = host();
  card.show("failure", [CardElements.notice("Other words")], { anchor: () => box(0, 0), footer: "A model" });
  assert.equal(host(), before);
  assert.deepEqual(["body", "footer"].map((name) => part(name).textContent), ["Other words", "A model"]);
  assert.equal(part("card").dataset.state, "failure");
});

test("a card that the page removed is opened again", () => {
  const { card, host } = open();
  host().remove();
  card.show("notice", [], { anchor: () => box(0, 0) });
  assert.ok(host());
});

test("the \"while shown\" signal aborts with new content and when the card closes", () => {
  const { card } = open();
  const first = card.whileShown;
  card.show("notice", [], { anchor: () => box(0, 0) });
  assert.equal(first.aborted, true);
  const second = card.whileShown;
  assert.equal(second.aborted, false);
  card.close();
  assert.equal(second.aborted, true);
});

test("Escape closes the card and nothing else; a script's Escape does not close it", () => {
  const { card, document } = open();
  const heard = [];
  document.addEventListener("keydown", ({ key }) => heard.push(key));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  assert.equal(card.isOpen, true);
  assert.deepEqual(heard.splice(0), ["Escape"]);
  const { defaultPrevented } = press(document.body, "Escape");
  assert.deepEqual([card.isOpen, defaultPrevented, heard], [false, true, []]);
  press(document.body, "Escape");
  assert.deepEqual(heard, ["Escape"], "a closed card still takes the key");
});

test("a click in the page closes the card, a click in the card does not", () => {
  const { card, document, part } = open();
  const pressed = (target) => send(target, new PointerEvent("pointerdown", { bubbles: true, composed: true }));
  pressed(part("body"));
  assert.equal(card.isOpen, true);
  pressed(document.body);
  assert.equal(card.isOpen, false);
});

test("the button with the cross closes the card", () => {
  const { card, part } = open();
  click(part("close"));
  assert.equal(card.isOpen, false);
});

test("keys typed into the card do not reach the page", () => {
  const { document, host, part } = open();
  const heard = [];
  document.addEventListener("keydown", ({ key }) => heard.push(key), { capture: true });
  press(part("body"), "j");
  press(document.body, "k");
  assert.deepEqual(heard, ["k"]);
  assert.ok(host());
});

test("the card takes the focus on request and returns it", () => {
  const { card, document, host, part } = open({ takesFocus: true });
  assert.equal(document.activeElement, host());
  assert.equal(host().shadowRoot.activeElement, part("card"));
  card.close();
  assert.equal(document.activeElement.id, "page");
});

test("otherwise the focus stays in the page", () => {
  const { card, document } = open();
  assert.equal(document.activeElement.id, "page");
  card.close();
  assert.equal(document.activeElement.id, "page");
});

test("screen readers get the content or the announcement, one frame later", () => {
  const { layout, part } = open();
  assert.equal(part("announcer").textContent, "");
  drawFrame(layout);
  assert.equal(part("announcer").textContent, "Some words");
  const other = open({ announcement: "False: Some words" });
  drawFrame(other.layout);
  assert.equal(other.part("announcer").textContent, "False: Some words");
});

test("a card that takes the focus is not announced as well", () => {
  const { layout, part } = open({ takesFocus: true });
  drawFrame(layout);
  assert.equal(part("announcer").textContent, "");
});

test("the card has a name, a language and a direction of its own", () => {
  direction = "rtl";
  const { part } = open();
  direction = "ltr";
  const { lang, dir } = part("card");
  assert.deepEqual([part("card").getAttribute("aria-label"), lang, dir], ["card_title", "en-GB", "rtl"]);
  assert.equal(part("body").tabIndex, 0, "a keyboard cannot scroll it");
});

test("the card stands below its text where there is room, and else above", () => {
  assert.deepEqual(open({ anchor: box(100, 100) }).place(), ["100px", "126px"]);
  assert.deepEqual(open({ anchor: box(100, 600) }).place(), ["100px", "394px"]);
});

test("the card stays inside the window", () => {
  assert.deepEqual(open({ anchor: box(900, 100) }).place(), ["612px", "126px"]);
  assert.deepEqual(open({ anchor: box(-50, -200) }).place(), ["8px", "8px"]);
});

test("where there is no room on either side, the card scrolls", () => {
  const { part } = open({ anchor: box(100, 250, 200, 150), size: { height: 400 } });
  assert.equal(part("card").style.maxBlockSize, "286px");
});

test("in a page that runs from right to left the card ends where its text begins", () => {
  const { card, document, place } = open({ anchor: box(500, 100) });
  document.documentElement.style.direction = "rtl";
  card.place();
  assert.deepEqual(place(), ["320px", "126px"]);
});

test("the card follows its text when the page scrolls, once a frame", () => {
  const anchor = box(100, 100);
  const { document, layout, place } = open({ anchor });
  layout.frames.length = 0;
  Object.assign(anchor, box(100, 60));
  [1, 2].forEach(() => document.dispatchEvent(new Event("scroll")));
  assert.equal(layout.frames.length, 1);
  drawFrame(layout);
  assert.deepEqual(place(), ["100px", "86px"]);
});

test("a card whose text is no longer in the page stays where it was", () => {
  const { card, place } = open({ anchor: box(100, 300) });
  const before = place();
  card.show("notice", [], { anchor: () => undefined });
  assert.deepEqual([place(), before], [before, ["100px", "326px"]]);
});

test("a card that is about a modal dialog opens in it, where it is not inert", () => {
  const { document } = openPage("<dialog id=modal></dialog>");
  const dialog = document.querySelector("#modal");
  document.querySelectorAll = (selector) => (selector === "dialog:modal" ? [dialog] : []);
  const host = CardHost.open(document.createElement("p"), "");
  assert.equal(host.parentNode, dialog);
});

test("hosts of an earlier run are removed", () => {
  const { document } = openPage(`<p>Text</p>`);
  document.body.append(document.createElement(CARD_NAME), document.createElement(CARD_NAME));
  CardHost.sweep();
  assert.equal(document.querySelector(CARD_NAME), null);
});

test("the card recognises events that happened on it", () => {
  const { card, document, part } = open();
  const on = [];
  addEventListener("click", (event) => on.push(card.contains(event)));
  click(part("body"));
  click(document.body);
  assert.deepEqual(on, [true, false]);
});
