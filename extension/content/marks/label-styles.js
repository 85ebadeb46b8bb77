/**
 * How each label is painted: by the shape of its underline, so that nothing depends on telling colours apart, and by a
 * colour of the Okabe-Ito palette (https://jfly.uni-koeln.de/color/). The colour of the text stays the page's.
 */
const LABEL_STYLES = Object.freeze({
  false: { underline: "wavy 2px rgb(213 94 0)", tint: "rgb(213 94 0 / 18%)", priority: 6 },
  mixed: { underline: "double 2px rgb(230 159 0)", tint: "rgb(230 159 0 / 18%)", priority: 5 },
  true: { underline: "solid 2px rgb(0 158 115)", tint: "rgb(0 158 115 / 14%)", priority: 4 },
  "likely-false": { underline: "dashed 2px rgb(213 94 0)", tint: "rgb(213 94 0 / 9%)", priority: 3 },
  "likely-true": { underline: "dotted 3px rgb(0 158 115)", tint: "rgb(0 158 115 / 7%)", priority: 2 },
  unsure: { underline: "dotted 1px rgb(128 128 128)", tint: "transparent", priority: 1 },
});

const HIGHLIGHT_PREFIX = "plumbline-";

/**
 * The style of the marks, given to the trees of the page that have some.
 *
 * Where highlights inherit from the element around (https://www.w3.org/TR/css-pseudo-4/#highlight-cascade; Chromium since
 * version 134) the root alone gets it, and the browser need not look which of thousands of elements it matches.
 */
class LabelStyleSheet {
  /** Whether a reader's own colours are forced on pages. */
  static FORCED = matchMedia("(forced-colors: active)");

  /** Made when there is something to paint: most pages never have. @type {CSSStyleSheet | null} */
  #sheet = null;
  /** Whether the style of the root is that of all, shadow trees included. */
  #isInherited = false;
  #isPrinted = false;

  /** Whether the marks are printed with the page. @param {boolean} isPrinted */
  print(isPrinted) {
    if (this.#isPrinted !== isPrinted) {
      this.#isPrinted = isPrinted;
      this.#sheet?.replaceSync(this.#rules(this.#isInherited ? ":root" : ""));
    }
  }

  /** @param {Document | ShadowRoot} tree */
  addTo(tree) {
    const sheet = this.#sheet ?? this.#make();
    // Firefox paints nothing in a shadow tree that does not have the style itself
    const needsIt = tree === document || !this.#isInherited;
    if (needsIt && !tree.adoptedStyleSheets.includes(sheet)) {
      tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
    }
  }

  /** @param {Document | ShadowRoot} tree */
  removeFrom(tree) {
    if (this.#sheet && tree.adoptedStyleSheets.includes(this.#sheet)) {
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    }
  }

  /**
   * Whether the browser paints what is marked as solid blocks, as Chromium does in forced colours. A browser that forces
   * the colours of a mark's style, as Firefox does, gives its line the colour of the text; one where the line keeps its own
   * does something else. It shows once the document has the style.
   */
  get paintsBlocks() {
    if (!LabelStyleSheet.FORCED.matches) {
      return false;
    }
    const style = getComputedStyle(document.documentElement, `::highlight(${HIGHLIGHT_PREFIX}false)`);
    return style.textDecorationColor !== style.color;
  }

  /** Take off the page what any run of this extension gave it. */
  static sweep() {
    const others = document.adoptedStyleSheets.filter(
      (sheet) => !sheet.cssRules[0]?.cssText.includes(`::highlight(${HIGHLIGHT_PREFIX}`),
    );
    if (others.length < document.adoptedStyleSheets.length) {
      document.adoptedStyleSheets = others;
    }
  }

  /** Make the sheet, which stands in the document then: only there it shows whether it is inherited. */
  #make() {
    const sheet = new CSSStyleSheet();
    this.#sheet = sheet;
    sheet.replaceSync(this.#rules(":root"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const child = document.documentElement.firstElementChild;
    this.#isInherited =
      child !== null && getComputedStyle(child, `::highlight(${HIGHLIGHT_PREFIX}false)`).textDecorationStyle === "wavy";
    if (!this.#isInherited) {
      sheet.replaceSync(this.#rules(""));
    }
    return sheet;
  }

  /** @param {string} of   whose highlights */
  #rules(of) {
    /** @param {(style: typeof LABEL_STYLES[keyof typeof LABEL_STYLES]) => string} declare */
    const rules = (declare) =>
      Object.entries(LABEL_STYLES)
        .map(([label, style]) => `${of}::highlight(${HIGHLIGHT_PREFIX}${label}) { ${declare(style)} }`)
        .join("\n");
    const usual = rules(({ underline, tint }) => `text-decoration: underline ${underline}; background-color: ${tint};`);
    // where a reader's own colours are forced on pages, the shapes alone tell the labels apart
    const forced = rules(() => "background-color: transparent; text-decoration-skip-ink: none;");
    return `@media ${this.#isPrinted ? "screen, print" : "screen"} { ${usual} }
      @media (forced-colors: active) { ${forced} }`;
  }
}

Object.assign(globalThis, { LABEL_STYLES, HIGHLIGHT_PREFIX, LabelStyleSheet });
