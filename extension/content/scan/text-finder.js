/** Finds the text of a page that may be read: the owners, which are the elements that hold text directly. */
class TextFinder {
  #onOwner;
  #onShadowRoot;
  #signal;
  /** Searches that go on. */
  #searches = 0;
  /** Custom elements that may get a shadow tree later, which no observer reports. @type {Set<Element>} */
  #unfinished = new Set();

  /**
   * @param {(owner: Element) => void} onOwner   called for each, more than once for many
   * @param {(root: ShadowRoot) => void} onShadowRoot
   * @param {AbortSignal} signal
   */
  constructor(onOwner, onShadowRoot, signal) {
    this.#onOwner = onOwner;
    this.#onShadowRoot = onShadowRoot;
    this.#signal = signal;
  }

  get isBusy() {
    return this.#searches > 0;
  }

  /** Search a part of the page and the shadow trees there. @param {Element} start */
  async search(start) {
    this.#searches += 1;
    /** A set grows while it is walked. @type {Set<Element | ShadowRoot>} */
    const trees = new Set([start]);
    this.#enter(start, trees);
    const slice = new TimeSlice();
    /** What is known of earlier texts. @type {Map<Element, Element>} */
    const owners = new Map();
    for (const tree of trees) {
      await this.#searchIn(tree, trees, owners, slice);
    }
    this.#searches -= 1;
  }

  /** Search the custom elements that have got their shadow tree meanwhile. */
  async searchFinished() {
    const withTree = [...this.#unfinished].filter(({ shadowRoot, isConnected }) => shadowRoot || !isConnected);
    withTree.forEach((element) => this.#unfinished.delete(element));
    await Promise.all(withTree.filter(({ isConnected }) => isConnected).map((element) => this.search(element)));
  }

  forget() {
    this.#unfinished.clear();
  }

  /**
   * @param {Element | ShadowRoot} tree
   * @param {Set<Element | ShadowRoot>} trees   grows by the shadow trees that are found
   * @param {Map<Element, Element>} owners
   * @param {TimeSlice} slice
   */
  async #searchIn(tree, trees, owners, slice) {
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && !this.#signal.aborted) {
      const isLeftOut = node instanceof Element && Readable.isNotScanned(node);
      if (node instanceof Element && !isLeftOut) {
        this.#enter(node, trees);
      } else if (node instanceof Text && /\S/.test(node.data)) {
        this.#tellOwner(node, owners);
      }
      if (slice.isOver()) {
        await slice.rest();
        if (!walker.currentNode.isConnected) {
          // the page removed the walker's node
          walker.currentNode = tree;
        }
      }
      node = isLeftOut ? TextFinder.#nextOutside(walker) : walker.nextNode();
    }
  }

  /** The first node behind what lies in the current one. @param {TreeWalker} walker */
  static #nextOutside(walker) {
    let next = walker.nextSibling();
    while (!next && walker.parentNode()) {
      next = walker.nextSibling();
    }
    return next;
  }

  /** @param {Text} text @param {Map<Element, Element>} owners */
  #tellOwner(text, owners) {
    const parent = FlatTree.parent(text);
    if (parent) {
      const owner = owners.get(parent) ?? Collector.ownerOf(parent);
      owners.set(parent, owner);
      this.#onOwner(owner);
    }
  }

  /** Take note of the shadow tree of an element. @param {Element} element @param {Set<Element | ShadowRoot>} trees */
  #enter(element, trees) {
    if (element.shadowRoot) {
      trees.add(element.shadowRoot);
      this.#onShadowRoot(element.shadowRoot);
    } else if (element.localName.includes("-")) {
      this.#unfinished.add(element);
    }
  }
}

Object.assign(globalThis, { TextFinder });
