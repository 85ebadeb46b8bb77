/**
 * Collects what a page changes and hands it on a few times a second at most, never while the tab is hidden.
 *
 * @typedef {{added: Set<Node>, touched: Set<Element>, hasRemovals: boolean}} Changes
 */
class PageChanges {
  static #COALESCE_MS = 200;
  /** Beyond this many nodes, reading the page anew is cheaper than following it. */
  static #MOST_NODES = 1000;

  #observer = new MutationObserver((records) => this.#collect(records));
  #onChanges;
  #onOverrun;
  #signal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isOverrun = false;
  #changes = PageChanges.#none();

  /**
   * @param {(changes: Changes) => void} onChanges
   * @param {() => void} onOverrun   called instead if there is too much to follow
   * @param {AbortSignal} signal
   */
  constructor(onChanges, onOverrun, signal) {
    this.#onChanges = onChanges;
    this.#onOverrun = onOverrun;
    this.#signal = signal;
    this.observe(document);
    document.addEventListener("visibilitychange", () => this.#hasSomething() && this.callSoon(), { signal });
    signal.addEventListener("abort", () => {
      clearTimeout(this.#timer);
      this.#observer.disconnect();
    });
  }

  /** Follow a tree: the document, or a shadow root in it. @param {Document | ShadowRoot} root */
  observe(root) {
    this.#observer.observe(root, { subtree: true, childList: true, characterData: true });
  }

  /** Call back after a while, even if nothing changes until then. */
  callSoon() {
    if (!document.hidden && !this.#signal.aborted) {
      this.#timer ??= setTimeout(() => this.#handOn(), PageChanges.#COALESCE_MS);
    }
  }

  /** @param {MutationRecord[]} records */
  #collect(records) {
    for (const { type, target, addedNodes, removedNodes } of records) {
      const isOurs = [...addedNodes, ...removedNodes].every((node) => node.nodeName.toLowerCase() === CARD_NAME);
      if (type === "childList" && isOurs) {
        continue;
      }
      const element =
        target instanceof Element ? target : target instanceof ShadowRoot ? target.host : target.parentElement;
      if (element) {
        this.#changes.touched.add(element);
      }
      addedNodes.forEach((node) => this.#changes.added.add(node));
      this.#changes.hasRemovals ||= removedNodes.length > 0;
    }
    if (this.#changes.added.size + this.#changes.touched.size > PageChanges.#MOST_NODES) {
      this.#isOverrun = true;
      this.#changes = PageChanges.#none();
    }
    if (this.#hasSomething()) {
      this.callSoon();
    }
  }

  #hasSomething() {
    const { added, touched, hasRemovals } = this.#changes;
    return this.#isOverrun || hasRemovals || added.size + touched.size > 0;
  }

  #handOn() {
    this.#timer = undefined;
    const changes = this.#changes;
    this.#changes = PageChanges.#none();
    if (this.#isOverrun) {
      this.#isOverrun = false;
      this.#onOverrun();
    } else {
      this.#onChanges(changes);
    }
  }

  /** @returns {Changes} */
  static #none() {
    return { added: new Set(), touched: new Set(), hasRemovals: false };
  }
}

Object.assign(globalThis, { PageChanges });
