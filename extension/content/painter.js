"use strict";

/**
 * Paints findings by the CSS Custom Highlight API, which leaves the page's nodes alone: wrapping one text node of a React
 * page blanks the whole of it (https://github.com/facebook/react/issues/11538).
 *
 * The registry is shared with the page, which may take our highlights out of it; they are put back with the next mark.
 */
class Painter {
  /** @typedef {{from: number, to: number, finding: Finding}} Mark */

  /** @type {Map<string, Highlight>} */
  #highlights = new Map();
  /** @type {Map<number, Range[]>} */
  #ranges = new Map();
  /** What is marked in a text node, for the hit test. @type {WeakMap<Text, Mark[]>} */
  #marks = new WeakMap();
  #sheet = Painter.#newSheet();

  /** Whether anything is painted. */
  get isEmpty() {
    return this.#ranges.size === 0;
  }

  /**
   * Paint a finding, unless its words are painted already or are no longer in the page.
   *
   * @param {Finding} finding
   * @returns {boolean} whether it was painted
   */
  paint(finding) {
    const { block, statement, label } = finding;
    const parts = block.parts(statement.start, statement.end);
    const isPaintable = parts.length > 0 && parts.every(({ node, to }) => node.isConnected && to <= node.length);
    if (!isPaintable || parts.some((part) => this.#isMarked(part))) {
      return false;
    }
    for (const { node, from, to } of parts) {
      const marks = this.#marks.get(node) ?? [];
      this.#marks.set(node, [...marks, { from, to, finding }]);
    }
    const ranges = block.ranges(statement.start, statement.end);
    this.#ranges.set(finding.id, ranges);
    const highlight = this.#registered(label);
    ranges.forEach((range) => highlight.add(range));
    return true;
  }

  /** @param {Finding} finding */
  unpaint(finding) {
    const { block, statement, label, id } = finding;
    for (const { node } of block.parts(statement.start, statement.end)) {
      const others = this.#marks.get(node)?.filter((mark) => mark.finding !== finding) ?? [];
      this.#marks.set(node, others);
    }
    const highlight = this.#highlights.get(label);
    this.#ranges.get(id)?.forEach((range) => highlight?.delete(range));
    this.#ranges.delete(id);
    if (highlight?.size === 0) {
      this.#unregister(label);
    }
  }

  /** The first range of a painted finding. @param {Finding} finding */
  rangeOf(finding) {
    return this.#ranges.get(finding.id)?.[0];
  }

  /** Every range of a painted finding. @param {Finding} finding */
  rangesOf(finding) {
    return this.#ranges.get(finding.id) ?? [];
  }

  /**
   * The finding whose painted words lie under a point of the window.
   *
   * @param {number} x
   * @param {number} y
   */
  findingAt(x, y) {
    const node = document.caretPositionFromPoint(x, y)?.offsetNode;
    const marks = node instanceof Text ? this.#marks.get(node) : undefined;
    // the caret is that of the nearest text, which need not lie under the point
    return marks?.find(({ finding }) =>
      this.rangesOf(finding).some((range) =>
        [...range.getClientRects()].some(
          ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
        ),
      ),
    )?.finding;
  }

  /** Take everything off the page that any run of this extension painted. */
  static sweep() {
    for (const label of Object.keys(HIGHLIGHT_STYLES)) {
      CSS.highlights.delete(HIGHLIGHT_PREFIX + label);
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => !sheet.cssRules[0]?.cssText.startsWith(`::highlight(${HIGHLIGHT_PREFIX}`),
    );
  }

  static #newSheet() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      Object.entries(HIGHLIGHT_STYLES)
        .map(
          ([label, { underline, tint }]) => `::highlight(${HIGHLIGHT_PREFIX}${label}) {
            text-decoration: underline ${underline}; background-color: ${tint}; }`,
        )
        .join("\n"),
    );
    return sheet;
  }

  /** @param {{node: Text, from: number, to: number}} part */
  #isMarked({ node, from, to }) {
    return this.#marks.get(node)?.some((mark) => mark.from < to && mark.to > from) ?? false;
  }

  /** @param {string} label */
  #registered(label) {
    const name = HIGHLIGHT_PREFIX + label;
    let highlight = this.#highlights.get(label);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = HIGHLIGHT_STYLES[/** @type {keyof typeof HIGHLIGHT_STYLES} */ (label)].priority;
      this.#highlights.set(label, highlight);
    }
    if (CSS.highlights.get(name) !== highlight) {
      CSS.highlights.set(name, highlight);
    }
    if (!document.adoptedStyleSheets.includes(this.#sheet)) {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
    }
    return highlight;
  }

  /** @param {string} label */
  #unregister(label) {
    this.#highlights.delete(label);
    CSS.highlights.delete(HIGHLIGHT_PREFIX + label);
    if (this.#highlights.size === 0) {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    }
  }
}
