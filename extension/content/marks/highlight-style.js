/**
 * How each label is painted: by the shape of its underline, so that nothing depends on telling colours apart, and by a
 * colour of the Okabe-Ito palette (https://jfly.uni-koeln.de/color/). The colour of the text stays the page's.
 */
const HIGHLIGHT_STYLES = Object.freeze({
  false: { underline: "wavy 2px rgb(213 94 0)", tint: "rgb(213 94 0 / 18%)", priority: 6 },
  mixed: { underline: "double 2px rgb(230 159 0)", tint: "rgb(230 159 0 / 18%)", priority: 5 },
  true: { underline: "solid 2px rgb(0 158 115)", tint: "rgb(0 158 115 / 14%)", priority: 4 },
  "likely-false": { underline: "dashed 2px rgb(213 94 0)", tint: "rgb(213 94 0 / 9%)", priority: 3 },
  "likely-true": { underline: "dotted 3px rgb(0 158 115)", tint: "rgb(0 158 115 / 7%)", priority: 2 },
  unsure: { underline: "dotted 1px rgb(128 128 128)", tint: "transparent", priority: 1 },
});

const HIGHLIGHT_PREFIX = "plumbline-";

Object.assign(globalThis, { HIGHLIGHT_STYLES, HIGHLIGHT_PREFIX });
