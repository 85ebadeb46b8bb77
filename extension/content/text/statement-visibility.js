/**
 * A last check of judged statements before anything is shown: some things that a reader sees would cost too much to look for
 * in every text of a page: words that a style sheet adds, and a line through the paragraph around.
 */
const StatementVisibility = (() => {
  const WORDS_IN_CONTENT = /"(?:[^"\\]|\\.)*"/g;

  /** Every element around a node, the nearest first. @param {Node} node */
  function around(node) {
    const elements = [];
    const start = node instanceof Text ? FlatTree.parent(node) : null;
    for (let element = start; element; element = FlatTree.parent(element)) {
      elements.push(element);
    }
    return elements;
  }

  /** @type {{added: TaskCache<string, boolean>, struck: TaskCache<Element, boolean>} | undefined} */
  let remembered;

  // the files of the content scripts arrive in any order
  const memories = () => (remembered ??= { added: new TaskCache(), struck: new TaskCache() });

  /**
   * Whether a style sheet adds words that stand in the text. Browsers take ten times as long for this as for any other style;
   * paragraphs that look alike to a style sheet are checked once.
   *
   * @param {Element} element
   * @param {"::before" | "::after"} where
   */
  function addsWords(element, where) {
    const names = element.getAttributeNames().filter((name) => name !== "class");
    const isPlain = names.length === 0 && !InlineParts.isInline(displayOf(element));
    const parent = element.parentElement;
    const kind = [where, element.localName, element.className, parent?.localName, parent?.className].join(" ");
    return isPlain ? memories().added.get(kind, () => findWords(element, where)) : findWords(element, where);
  }

  /** @param {Element} element @param {"::before" | "::after"} where */
  function findWords(element, where) {
    const style = getComputedStyle(element, where);
    const { content, display } = style;
    if (content === "none" || content === "normal" || display === "none" || style.position === "absolute") {
      return false;
    }
    return (content.match(WORDS_IN_CONTENT) ?? []).some((words) => InlineParts.saysSomething(words));
  }

  /** Whether there is text between two points of one tree. @param {[Node, number]} start @param {[Node, number]} end */
  function isTextBetween([startNode, startOffset], [endNode, endOffset]) {
    const range = new Range();
    range.setStart(startNode, startOffset);
    range.setEnd(endNode, endOffset);
    return /\S/.test(range.toString());
  }

  /** Whether the words that a style sheet adds to an element stand in or at a range. @param {Element} element @param {Range} range */
  function addsWordsIn(element, range) {
    const size = element.childNodes.length;
    const startsBefore = range.comparePoint(element, 0) < 0;
    const endsBehind = range.comparePoint(element, size) > 0;
    return (
      (addsWords(element, "::before") &&
        !(startsBefore && isTextBetween([element, 0], [range.startContainer, range.startOffset]))) ||
      (addsWords(element, "::after") && !(endsBehind && isTextBetween([range.endContainer, range.endOffset], [element, size])))
    );
  }

  /**
   * The elements without text that follow a text node, or stand before it.
   *
   * @param {Node} node
   * @param {"nextNode" | "previousNode"} step
   * @param {Element} owner   of the text
   */
  function emptyBeside(node, step, owner) {
    const elements = [];
    const walker = document.createTreeWalker(owner, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    walker.currentNode = node;
    for (let next = walker[step](); next; next = walker[step]()) {
      if (next instanceof Text ? /\S/.test(next.data) : !InlineParts.isInline(displayOf(next))) {
        break;
      }
      if (next instanceof Element) {
        elements.push(next);
      }
    }
    return elements;
  }

  /** @param {Node} element */
  const displayOf = (element) => getComputedStyle(/** @type {Element} */ (element)).display;

  /** The elements that begin or end at or in a range, up to the one that makes a block of it. @param {Range} range */
  function elementsAt(range) {
    const { startContainer, endContainer, commonAncestorContainer } = range;
    const parents = around(startContainer);
    const at = parents.findIndex((element) => !InlineParts.isInline(displayOf(element)));
    const owner = parents[at] ?? document.documentElement;
    const elements = new Set([
      ...parents.slice(0, at + 1),
      ...emptyBeside(startContainer, "previousNode", owner),
      ...emptyBeside(endContainer, "nextNode", owner),
    ]);
    const walker = document.createTreeWalker(commonAncestorContainer, NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const element = /** @type {Element} */ (walker.currentNode);
      if (range.intersectsNode(element)) {
        elements.add(element);
      }
    }
    return [...elements].filter((element) => element.getRootNode() === startContainer.getRootNode());
  }

  /** Whether a line runs through what stands in an element. @param {Element} element */
  const isStruck = (element) =>
    TaskCache.isAround(memories().struck, element, (style) => style.textDecorationLine.includes("line-through"));

  /** Whether the reader sees a statement as it was read. @param {BlockText} block @param {Statement} statement */
  function isVisible(block, { start, end }) {
    const parts = block.parts(start, end);
    const [first, last] = [parts[0], parts.at(-1)];
    if (!first || !last || !parts.every(({ node, to }) => node.isConnected && to <= node.length)) {
      return true;
    }
    const text = FlatTree.parent(first.node);
    if (text && isStruck(text)) {
      return false;
    }
    if (first.node.getRootNode() !== last.node.getRootNode()) {
      return true;
    }
    const range = new Range();
    range.setStart(first.node, first.from);
    range.setEnd(last.node, last.to);
    return !elementsAt(range).some((element) => addsWordsIn(element, range));
  }

  return {
    /**
     * The statements that the reader sees just as they were judged.
     *
     * @param {BlockText} block
     * @param {Statement[]} statements
     * @param {readonly string[]} labels   those of which something will be said
     */
    visible(block, statements, labels) {
      return statements.filter(
        (statement) =>
          block.isWhole(statement.start, statement.end) &&
          (!labels.includes(statement.label) || isVisible(block, statement)),
      );
    },
  };
})();

Object.assign(globalThis, { StatementVisibility });
