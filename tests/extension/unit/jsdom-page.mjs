// A page without a browser: jsdom knows elements, shadow trees and styles, but no layout.

import { JSDOM } from "jsdom";

const NAMES = [
  "document",
  "getComputedStyle",
  "Element",
  "HTMLElement",
  "HTMLBRElement",
  "HTMLImageElement",
  "HTMLSlotElement",
  "NodeFilter",
  "Range",
  "ShadowRoot",
  "Text",
];

/** jsdom does not name the initial values. */
const STYLE = `* { float: none; position: static; visibility: visible; }
  a, b, button, code, del, em, i, img, span, sup { display: inline; } slot { display: contents; }
  [hidden] { display: none !important; }`;

/** Make a page the world's, as a browser does for content scripts. */
export function show(body) {
  const { window } = new JSDOM(`<!doctype html><html><head><style>${STYLE}</style></head><body>${body}</body></html>`);
  for (const name of NAMES) {
    const value = window[name];
    globalThis[name] = name === "getComputedStyle" ? value.bind(window) : value;
  }
  return window.document;
}
