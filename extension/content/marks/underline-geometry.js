/** A line under a text, in CSS pixels of the window. @typedef {{left: number, right: number, y: number}} Underline */

/** What of the window the text of an element can show in. @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** Where lines belong under what is marked, in the window and a window's height around it, as the page is now. */
class UnderlineGeometry {
  static #EVERYWHERE = Object.freeze({ left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity });

  /** @type {Map<Element, Box>} */
  #boxes = new Map();

  /** @param {AbstractRange} range @returns {Underline[]} */
  of(range) {
    /** @type {Underline[]} */
    const lines = [];
    for (const part of UnderlineGeometry.#textsIn(range)) {
      const element = FlatTree.parent(/** @type {Text} */ (part.startContainer));
      if (!element) {
        continue;
      }
      const box = this.#boxAround(element);
      for (const { left, right, top, bottom } of part.getClientRects()) {
        const line = { left: Math.max(left, box.left), right: Math.min(right, box.right), y: bottom };
        const middle = (top + bottom) / 2;
        const isInBox = line.left < line.right && middle > box.top && middle < box.bottom;
        const isNear = bottom > -innerHeight && top < 2 * innerHeight && line.left < innerWidth && line.right > 0;
        if (isInBox && isNear && !UnderlineGeometry.#isCovered(element, (line.left + line.right) / 2, middle)) {
          UnderlineGeometry.#join(lines, line);
        }
      }
    }
    return lines;
  }

  /** Go on in the last line where it ends, as in a link, or begin another. @param {Underline[]} lines @param {Underline} line */
  static #join(lines, line) {
    const last = lines.at(-1);
    if (last && Math.abs(last.y - line.y) < 2 && Math.abs(last.right - line.left) < 1) {
      last.right = line.right;
    } else {
      lines.push(line);
    }
  }

  /** The parts of a range in text nodes: the boxes of elements would count as text. @param {AbstractRange} range */
  static #textsIn({ startContainer, startOffset, endContainer, endOffset }) {
    /** @type {Range[]} */
    const parts = [];
    const root = startContainer.getRootNode();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    walker.currentNode = startContainer;
    // a range that does not follow the page may be torn apart
    const position = startContainer.compareDocumentPosition(endContainer);
    const isThere =
      startContainer.isConnected &&
      (startContainer === endContainer || position === Node.DOCUMENT_POSITION_FOLLOWING);
    for (let /** @type {Node | null} */ node = isThere ? startContainer : null; node; node = walker.nextNode()) {
      const { length } = /** @type {Text} */ (node);
      const part = new Range();
      part.setStart(node, node === startContainer ? Math.min(startOffset, length) : 0);
      part.setEnd(node, node === endContainer ? Math.min(endOffset, length) : length);
      parts.push(part);
      if (node === endContainer) {
        break;
      }
    }
    return parts;
  }

  /** What the elements around cut off is not underlined. @param {Element} element @returns {Box} */
  #boxAround(element) {
    const known = this.#boxes.get(element);
    if (known) {
      return known;
    }
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const parent = position === "fixed" ? null : FlatTree.parent(element);
    let box = parent ? this.#boxAround(parent) : UnderlineGeometry.#EVERYWHERE;
    // what the page's root and body cut off, the window shows
    const isWindow = element === document.documentElement || element === document.body;
    if (!isWindow && (overflowX !== "visible" || overflowY !== "visible")) {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      box = {
        left: Math.max(box.left, left),
        right: Math.min(box.right, right),
        top: Math.max(box.top, top),
        bottom: Math.min(box.bottom, bottom),
      };
    }
    this.#boxes.set(element, box);
    return box;
  }

  /**
   * Whether something that stays in the window as the page scrolls, such as a header, lies over a text. What else lies over
   * it may be transparent.
   *
   * @param {Element} element   of the text
   * @param {number} x
   * @param {number} y
   */
  static #isCovered(element, x, y) {
    let over = document.elementFromPoint(x, y);
    while (over && !["fixed", "sticky"].includes(getComputedStyle(over).position)) {
      over = FlatTree.parent(over);
    }
    const cover = over;
    // the card lies over the lines as well
    return cover !== null && cover.localName !== CARD_NAME && !FlatTree.isInside(element, (inner) => cover.contains(inner));
  }
}

Object.assign(globalThis, { UnderlineGeometry });
