/**
 * Paints findings by the CSS Custom Highlight API, which leaves the page's nodes alone: wrapping one text node of a React
 * page blanks the whole of it (https://github.com/facebook/react/issues/11538).
 *
 * The registry is shared with the page, which may take our highlights out of it; `restore` puts them back.
 */
class Painter {
  /** Live ranges cost the page time at every change; beyond this number ranges are static. */
  static #MOST_LIVE_RANGES = 1000;

  /** @typedef {{from: number, to: number, finding: Finding}} Mark */

  /** @type {Map<string, Highlight>} */
  #highlights = new Map();
  /** @type {Map<number, AbstractRange[]>} */
  #ranges = new Map();
  #liveRanges = 0;
  /** What is marked in a text node, for the hit test. @type {WeakMap<Node, Mark[]>} */
  #marks = new WeakMap();
  /** The shadow trees with paint in them, and the findings there. @type {Map<ShadowRoot, Set<number>>} */
  #shadowRoots = new Map();
  #style = new LabelStyleSheet();
  #lines = new DrawnLines(this.#highlights);
  /** Registered where lines are drawn instead, so that code which clears a page finds the names. */
  #nothing = new Highlight();
  #isHidden = false;
  /** Whether there will soon be something to paint. */
  #isExpected = false;

  constructor() {
    LabelStyleSheet.FORCED.addEventListener("change", () => this.restore());
  }

  /** Whether no mark is visible. */
  get isEmpty() {
    return this.#isHidden || this.#ranges.size === 0;
  }

  get isHidden() {
    return this.#isHidden;
  }

  /**
   * Paint a finding, unless its words are painted already or are no longer in the page; `restore` then shows it.
   *
   * @param {Finding} finding
   * @returns {boolean} whether it was painted
   */
  paint(finding) {
    const { block, statement, label } = finding;
    const parts = block.parts(statement.start, statement.end);
    const isPaintable = parts.length > 0 && Painter.#areThere(parts);
    if (!isPaintable || parts.some((part) => this.#isMarked(part))) {
      return false;
    }
    for (const { node, from, to } of parts) {
      this.#marks.set(node, [...this.marksIn(node), { from, to, finding }]);
    }
    this.#enter(finding, parts);
    const { start, end } = statement;
    const isLive = this.#liveRanges < Painter.#MOST_LIVE_RANGES;
    const ranges = isLive ? block.ranges(start, end) : block.spans(start, end).map((span) => new StaticRange(span));
    this.#liveRanges += isLive ? ranges.length : 0;
    this.#ranges.set(finding.id, ranges);
    const highlight = this.#highlight(label);
    ranges.forEach((range) => highlight.add(range));
    return true;
  }

  /** @param {Finding} finding */
  unpaint(finding) {
    const { block, statement, label, id } = finding;
    for (const { node } of block.parts(statement.start, statement.end)) {
      this.#marks.set(node, this.marksIn(node).filter((mark) => mark.finding !== finding));
    }
    this.#leave(id);
    const highlight = this.#highlights.get(label);
    for (const range of this.#ranges.get(id) ?? []) {
      highlight?.delete(range);
      this.#liveRanges -= range instanceof Range ? 1 : 0;
    }
    this.#ranges.delete(id);
    if (highlight?.size === 0) {
      this.#highlights.delete(label);
      CSS.highlights.delete(HIGHLIGHT_PREFIX + label);
    }
    this.#lines.drawSoon();
    this.#takeStyleIfIdle();
  }

  /**
   * Add the style before anything is painted, or remove it again: for a new style the browser checks the whole page,
   * which is better done while the server is at work.
   *
   * @param {boolean} isExpected
   */
  expect(isExpected) {
    this.#isExpected = isExpected;
    if (isExpected && !this.#isHidden) {
      this.#style.addTo(document);
    }
    this.#takeStyleIfIdle();
  }

  /** Print the marks with the page, or leave them out. @param {boolean} isPrinted */
  print(isPrinted) {
    this.#style.print(isPrinted);
  }

  /** Show or hide the marks. @param {boolean} isHidden */
  hide(isHidden) {
    this.#isHidden = isHidden;
    if (isHidden) {
      [...this.#highlights.keys()].forEach((label) => CSS.highlights.delete(HIGHLIGHT_PREFIX + label));
      [document, ...this.#shadowRoots.keys()].forEach((tree) => this.#style.removeFrom(tree));
      this.#lines.hide();
    }
    this.restore();
  }

  /** Restore what the page may have removed. */
  restore() {
    if (this.#isHidden || this.#highlights.size === 0) {
      return;
    }
    [document, ...this.#shadowRoots.keys()].forEach((tree) => this.#style.addTo(tree));
    const { paintsBlocks } = this.#style;
    for (const [label, highlight] of this.#highlights) {
      const painted = paintsBlocks ? this.#nothing : highlight;
      if (CSS.highlights.get(HIGHLIGHT_PREFIX + label) !== painted) {
        CSS.highlights.set(HIGHLIGHT_PREFIX + label, painted);
      }
    }
    if (paintsBlocks) {
      this.#lines.show();
    } else {
      this.#lines.hide();
    }
  }

  /** The first range of a painted finding. @param {Finding} finding */
  rangeOf(finding) {
    return this.rangesOf(finding)[0];
  }

  /** Every range of a painted finding. @param {Finding} finding @returns {Range[]} */
  rangesOf({ id, block, statement: { start, end } }) {
    const ranges = this.#ranges.get(id) ?? [];
    const live = ranges.filter((range) => range instanceof Range);
    const isFixed = live.length < ranges.length && Painter.#areThere(block.parts(start, end));
    return isFixed ? block.ranges(start, end) : live;
  }

  /** What is marked in a text node. @param {Text} node @returns {readonly Mark[]} */
  marksIn(node) {
    return this.#marks.get(node) ?? [];
  }

  /**
   * The finding whose painted words lie under a point of the window.
   *
   * @param {number} x
   * @param {number} y
   */
  findingAt(x, y) {
    const node = document.caretPositionFromPoint(x, y, { shadowRoots: [...this.#shadowRoots.keys()] })?.offsetNode;
    // the caret is that of the nearest text, which need not lie under the point
    return (node instanceof Text ? this.marksIn(node) : []).find(({ finding }) =>
      this.rangesOf(finding).some((range) =>
        [...range.getClientRects()].some(
          ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
        ),
      ),
    )?.finding;
  }

  /** Remove everything from the page that any run of this extension painted. */
  static sweep() {
    DrawnLines.sweep();
    if (CSS.highlights.size === 0 && document.adoptedStyleSheets.length === 0) {
      return;
    }
    for (const label of Object.keys(LABEL_STYLES)) {
      CSS.highlights.delete(HIGHLIGHT_PREFIX + label);
    }
    LabelStyleSheet.sweep();
  }

  /** Whether the page still has the nodes of some parts, and they are long enough. @param {ReturnType<BlockText["parts"]>} parts */
  static #areThere(parts) {
    return parts.every(({ node, to }) => node.isConnected && to <= node.length);
  }

  /** @param {{node: Text, from: number, to: number}} part */
  #isMarked({ node, from, to }) {
    return this.marksIn(node).some((mark) => mark.from < to && mark.to > from);
  }

  /** Note the shadow trees that a finding lies in. @param {Finding} finding @param {ReturnType<BlockText["parts"]>} parts */
  #enter({ id }, parts) {
    for (const { node } of parts) {
      const root = node.getRootNode();
      if (root instanceof ShadowRoot) {
        this.#shadowRoots.set(root, (this.#shadowRoots.get(root) ?? new Set()).add(id));
      }
    }
  }

  /** @param {number} id */
  #leave(id) {
    for (const [root, ids] of this.#shadowRoots) {
      if (ids.delete(id) && ids.size === 0) {
        this.#shadowRoots.delete(root);
        this.#style.removeFrom(root);
      }
    }
  }

  /** @param {string} label */
  #highlight(label) {
    let highlight = this.#highlights.get(label);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = LABEL_STYLES[/** @type {keyof typeof LABEL_STYLES} */ (label)].priority;
      this.#highlights.set(label, highlight);
    }
    return highlight;
  }

  #takeStyleIfIdle() {
    if (this.#highlights.size === 0) {
      this.#lines.hide();
      if (!this.#isExpected) {
        this.#style.removeFrom(document);
      }
    }
  }
}

Object.assign(globalThis, { Painter });
