/**
 * The page as it is shown: the children of a host are those of its open shadow root, the children of a slot are what was put
 * into it. https://developer.mozilla.org/en-US/docs/Web/API/Web_components/Using_shadow_DOM
 */
const FlatTree = {
  /** What an element shows instead of its own children, if it does. @param {Element} element @returns {Node[] | null} */
  shownInstead(element) {
    if (element.shadowRoot) {
      return FlatTree.childrenOf(element.shadowRoot);
    }
    const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
    return assigned.length > 0 ? assigned : null;
  },

  /** Not by `childNodes`, over which Chromium takes far longer to iterate. @param {Node} parent */
  childrenOf(parent) {
    const children = [];
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      children.push(child);
    }
    return children;
  },

  /**
   * @param {Element | Text} node
   * @returns {Element | null} null at the root, and for a child of a host that no slot shows
   */
  parent(node) {
    if (node.assignedSlot) {
      return node.assignedSlot;
    }
    const { parentNode } = node;
    if (parentNode instanceof ShadowRoot) {
      return parentNode.host;
    }
    return parentNode instanceof Element && !parentNode.shadowRoot ? parentNode : null;
  },

  /** The host of the shadow tree that a node lies in. @param {Node} node */
  host(node) {
    const root = node.getRootNode();
    return root instanceof ShadowRoot ? root.host : null;
  },

  /** Whether an element, or a host around it, passes a test. @param {Element} element @param {(element: Element) => boolean} test */
  isInside(element, test) {
    for (let /** @type {Element | null} */ current = element; current; current = FlatTree.host(current)) {
      if (test(current)) {
        return true;
      }
    }
    return false;
  },

  /**
   * Every text node in a tree and in the shadow trees in it.
   *
   * @param {Node} root
   * @returns {Generator<Text>}
   */
  *texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node instanceof Text) {
        yield node;
      } else if (/** @type {Element} */ (node).shadowRoot) {
        yield* FlatTree.texts(/** @type {ShadowRoot} */ (/** @type {Element} */ (node).shadowRoot));
      }
    }
  },
};

Object.assign(globalThis, { FlatTree });
