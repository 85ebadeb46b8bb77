// From the page to blocks: a block is a run of text that no block-level element interrupts.

const Collector = (() => {
  /**
   * What a walk over the page reports.
   *
   * @typedef {object} Sink
   * @property {(node: Text, from: number, to: number, collapseOf: () => string) => void} text
   * @property {() => void} lineBreak
   * @property {() => void} gap         something that is skipped and does not belong to the text
   * @property {() => void} hole        something that is not read and is a part of it
   * @property {() => string} before    the end of the text so far
   * @property {(element: Element) => void} beside   something that stands elsewhere
   * @property {() => void} blockEdge   the start or the end of a block-level element
   */

  /** @typedef {{range?: Range, isLeftOut: (element: Element) => boolean, entersBlocks: boolean}} WalkOptions */

  /** Whether a range reaches into a node; it does into a shadow tree whose host it holds. @param {Range} range @param {Node} node */
  const reaches = (range, node) =>
    range.intersectsNode(node) || node.getRootNode() !== range.startContainer.getRootNode();

  /** The files of the content scripts arrive in any order. @type {TaskCache<Element, boolean> | undefined} */
  let concealed;

  /**
   * Whether an element lies in one that shows nothing: a transparent one, or a folded one without height, as of an
   * accordion. The browser's own check of the former, `checkVisibility`, takes as long as everything else together.
   *
   * @param {Element} element
   */
  function isConcealed(element) {
    concealed ??= new TaskCache();
    return TaskCache.isAround(concealed, element, (style, one) => style.opacity === "0" || isFolded(style, one));
  }

  /** @param {CSSStyleDeclaration} style @param {Element} element */
  function isFolded(style, element) {
    // what the page's root and body cut off, the window shows
    const cutsOff = style.overflowY !== "visible" && element !== document.documentElement && element !== document.body;
    // an inline element has neither height; with padding there may be something to see after all
    return cutsOff && parseFloat(style.height) <= 1 && element.clientHeight <= 1;
  }

  /** What the text directly in an element looks like. @typedef {{isVisible: boolean, collapse: () => string}} TextStyle */

  /** @param {CSSStyleDeclaration} style @returns {TextStyle} */
  const textStyle = (style) => ({ isVisible: style.visibility === "visible", collapse: () => collapseOf(style) });

  /** @param {CSSStyleDeclaration} style */
  const collapseOf = (style) => style.getPropertyValue("white-space-collapse");

  /**
   * Walk over what a reader sees in an element, in the order of the page.
   *
   * @param {Element} parent
   * @param {TextStyle} style   of the text in it
   * @param {Sink} sink
   * @param {WalkOptions} options
   */
  function walk(parent, style, sink, options) {
    const { range } = options;
    const others = FlatTree.shownInstead(parent);
    if (others) {
      // no range may lie in two trees
      sink.gap();
    }
    for (const node of others ?? FlatTree.childrenOf(parent)) {
      if (range && !reaches(range, node)) {
        continue;
      }
      if (node instanceof Text) {
        if (style.isVisible) {
          const from = node === range?.startContainer ? range.startOffset : 0;
          const to = node === range?.endContainer ? range.endOffset : node.length;
          sink.text(node, from, to, style.collapse);
        } else {
          sink.gap();
        }
      } else if (node instanceof HTMLBRElement) {
        sink.lineBreak();
      } else if (node instanceof Element) {
        walkElement(node, sink, options);
      }
    }
    if (others) {
      sink.gap();
    }
  }

  /** @param {Element} element @param {Sink} sink @param {WalkOptions} options */
  function walkElement(element, sink, options) {
    const style = getComputedStyle(element);
    const isLeftOut = options.isLeftOut(element);
    switch (InlineParts.of(element, style, isLeftOut, sink.before)) {
      case "text":
        walk(element, textStyle(style), sink, options);
        break;
      case "hole":
        sink.hole();
        break;
      case "edge":
        sink.blockEdge();
        if (options.entersBlocks && !isLeftOut) {
          walk(element, textStyle(style), sink, options);
          sink.blockEdge();
        }
        break;
      default:
        sink.gap();
        if (!isLeftOut && InlineParts.isOutOfFlow(style)) {
          sink.beside(element);
        }
    }
  }

  return {
    /**
     * The element that makes a block of a piece of text: the nearest ancestor that is not inline.
     *
     * @param {Element} element   the parent of the text
     * @returns {Element}
     */
    ownerOf(element) {
      const parent = FlatTree.parent(element);
      const isInline = parent && InlineParts.isInline(getComputedStyle(element).display);
      return isInline ? Collector.ownerOf(parent) : element;
    },

    /**
     * The blocks that a page scan reads directly in an element; what block-level elements in it hold is theirs.
     *
     * @param {Element} owner   one that `isVisible`
     */
    blocksOf(owner) {
      /** @type {BlockText[]} */
      const blocks = [];
      let block = new BlockText();
      const beginBlock = () => {
        block.finish();
        if (!block.isEmpty) {
          blocks.push(block);
        }
        block = new BlockText();
      };
      /** @type {Sink} */
      const sink = {
        text(node, from, to, collapseOf) {
          if (block.text.length + to - from > Readable.LONGEST_BLOCK) {
            beginBlock();
          }
          block.addText(node, from, Math.min(to, from + Readable.LONGEST_BLOCK), collapseOf);
        },
        lineBreak: () => block.addLineBreak(),
        gap: () => block.addGap(),
        hole: () => block.addHole(),
        before: () => block.tail,
        // it is read as a block of its own
        beside: () => undefined,
        blockEdge: beginBlock,
      };
      // Chromium takes longer to look up a style than to read a short text, and most need none
      const style = { isVisible: true, collapse: () => collapseOf(getComputedStyle(owner)) };
      walk(owner, style, sink, { isLeftOut: Readable.isNotScanned, entersBlocks: false });
      beginBlock();
      return blocks;
    },

    /**
     * What a range of the page holds, as one block with its paragraphs on lines of their own.
     *
     * @param {Range} range
     * @param {ReadonlySet<Element>} cutHosts   hosts of shadow trees that it holds in part only: they are left out
     */
    blockOfRange(range, cutHosts) {
      const block = new BlockText();
      let isAtEdge = false;
      const endLine = () => {
        if (isAtEdge) {
          block.addLineBreak();
          isAtEdge = false;
        }
      };
      /** @type {Element[]} */
      const besides = [];
      /** @type {Sink} */
      const sink = {
        text(node, from, to, collapseOf) {
          if (isAtEdge && /\S/.test(node.data.slice(from, to))) {
            endLine();
          }
          if (!isAtEdge) {
            block.addText(node, from, to, collapseOf);
          }
        },
        lineBreak: () => block.addLineBreak(),
        gap: () => block.addGap(),
        hole() {
          endLine();
          block.addHole();
        },
        before: () => block.tail,
        beside: (inner) => besides.push(inner),
        blockEdge: () => {
          isAtEdge = true;
        },
      };
      const ancestor = range.commonAncestorContainer;
      const element = ancestor instanceof Element ? ancestor : (ancestor.parentElement ?? FlatTree.host(ancestor));
      if (element && !Readable.isInsidePrivate(element)) {
        /** @type {WalkOptions} */
        const options = {
          range,
          isLeftOut: (inner) => Readable.isPrivate(inner) || cutHosts.has(inner),
          entersBlocks: true,
        };
        walk(element, textStyle(getComputedStyle(element)), sink, options);
        // what stands elsewhere comes after the text that it would cut; the list grows during the iteration
        for (const beside of besides) {
          if (!InlineParts.isTiny(beside)) {
            sink.blockEdge();
            walk(beside, textStyle(getComputedStyle(beside)), sink, options);
          }
        }
      }
      block.finish();
      return block;
    },

    /**
     * Whether a reader can see an element now.
     *
     * @param {Element} element
     * @param {DOMRectReadOnly} box   where it is; measuring it again would take a fifth of a long page's scan
     */
    isVisible(element, { width, height }) {
      // text for screen readers alone is commonly clipped to a box of one pixel
      const hasRoom = width > 1 && height > 1;
      return (
        element.checkVisibility({ visibilityProperty: true }) &&
        !isConcealed(element) &&
        (hasRoom || getComputedStyle(element).display === "contents")
      );
    },
  };
})();

Object.assign(globalThis, { Collector });
