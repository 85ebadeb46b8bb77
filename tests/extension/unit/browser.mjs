// A page for code that paints, opens cards and observes: what jsdom lacks is here as far as that code asks for it.

import { show } from "./jsdom-page.mjs";

const NAMES = [
  "AbortController",
  "DOMRect",
  "Event",
  "EventTarget",
  "FormData",
  "HTMLDialogElement",
  "KeyboardEvent",
  "MouseEvent",
  "MutationObserver",
  "Node",
  "StaticRange",
];

/** The registry of highlights, and one of its entries. */
class Highlight extends Set {
  priority = 0;
}

/** A style sheet that keeps its text. */
export class StyleSheet {
  text = "";
  replaceSync(text) {
    this.text = text;
  }
  get cssRules() {
    return [{ cssText: this.text }];
  }
}

/** Called with what is observed; `fire` is the browser that answers. */
export class IntersectionObserver {
  static all = [];
  observed = new Set();
  constructor(callback, options) {
    Object.assign(this, { callback, options });
    IntersectionObserver.all.push(this);
  }
  observe(element) {
    this.observed.add(element);
  }
  unobserve(element) {
    this.observed.delete(element);
  }
  disconnect() {
    this.observed.clear();
  }
  /** Tell of elements that are observed. */
  fire(elements, isIntersecting) {
    const boundingClientRect = { width: 100, height: 20, left: 0, top: 0, right: 100, bottom: 20 };
    const entries = [...elements].filter((element) => this.observed.has(element));
    this.callback(entries.map((target) => ({ target, isIntersecting, boundingClientRect })));
  }
}

const rectangle = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height, width, height });

/**
 * Open a page. `layout` says where every range and element stands and how large the card is; a test may change it.
 */
export function openPage(body = "", { highlightStyle = {} } = {}) {
  const document = show(body);
  const window = document.defaultView;
  const layout = { range: rectangle(100, 100, 200, 20), size: { width: 380, height: 200 }, frames: [] };
  for (const name of NAMES) {
    globalThis[name] = window[name];
  }
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
    globalThis[name] = window[name].bind(window);
  }
  const styleOf = globalThis.getComputedStyle;
  Object.assign(globalThis, {
    window,
    innerWidth: 1000,
    innerHeight: 700,
    Highlight,
    IntersectionObserver,
    CSSStyleSheet: StyleSheet,
    CSS: { highlights: new Map() },
    matchMedia: () => media,
    requestAnimationFrame: (callback) => layout.frames.push(callback),
    getComputedStyle: (element, pseudo) => (pseudo ? highlightStyle : styleOf(element)),
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
    PointerEvent: class extends window.MouseEvent {
      constructor(type, { pointerType = "mouse", ...init } = {}) {
        super(type, init);
        this.pointerType = pointerType;
      }
    },
  });
  IntersectionObserver.all.length = 0;
  document.adoptedStyleSheets = [];
  document.fonts = new window.EventTarget();
  window.ShadowRoot.prototype.adoptedStyleSheets = [];
  window.HTMLElement.prototype.showPopover = function () {
    this.isShownOnTop = true;
  };
  window.HTMLElement.prototype.scrollIntoView = () => undefined;
  window.Range.prototype.getBoundingClientRect = () => layout.range;
  window.Range.prototype.getClientRects = () => [layout.range];
  const sizes = {
    offsetWidth: () => layout.size.width,
    offsetHeight: () => layout.size.height,
  };
  for (const [name, get] of Object.entries(sizes)) {
    Object.defineProperty(window.HTMLElement.prototype, name, { get, configurable: true });
  }
  Object.defineProperty(document.documentElement, "clientWidth", { get: () => innerWidth });
  Object.defineProperty(document.documentElement, "clientHeight", { get: () => innerHeight });
  return { document, window, layout };
}

/** Whether a reader's own colours are forced on pages, and who listens to that. */
export const media = { matches: false, addEventListener: () => undefined };

/** Draw the next frame. */
export function drawFrame(layout) {
  layout.frames.splice(0).forEach((draw) => draw());
}

const implementationOf = (wrapper) =>
  wrapper[Object.getOwnPropertySymbols(wrapper).find(({ description }) => description === "impl")];

/** Send an event as the browser does for what the reader does; scripts cannot make one that is trusted. */
export function send(target, event) {
  implementationOf(event).isTrusted = true;
  implementationOf(target)._dispatch(implementationOf(event));
  return event;
}

/** Click as the reader. */
export function click(target, init = {}) {
  return send(target, new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, detail: 1, ...init }));
}

/** Press a key as the reader. */
export function press(target, key, init = {}) {
  return send(target, new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }));
}

/** Let everything that waits for a promise go on. */
export function settle() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
