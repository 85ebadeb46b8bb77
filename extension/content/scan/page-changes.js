/**
 * Collects the changes of a page and reports them at most a few times a second, never while the tab is hidden.
 *
 * Restyled elements may have become visible or invisible, with others that depend on them; opened ones may be read now.
 *
 * @typedef {{added: Set<Node>, touched: Set<Element>, hasRemovals: boolean, restyled: Set<Element>, opened: Set<Element>}} Changes
 */
class PageChanges {
  static #COALESCE_MS = 200;
  /** Beyond this many nodes, reading the page again is cheaper than following it. */
  static #MOST_NODES = 1000;
  /** Attributes that say what is seen, and those that say what may be read. */
  static #STYLING = ["class", "style", "hidden", "open"];
  static #OPENING = ["aria-hidden", "role", "contenteditable"];

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
    const attributeFilter = [...PageChanges.#STYLING, ...PageChanges.#OPENING];
    this.#observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter });
  }

  /** Call back after a while, even if nothing changes until then. */
  callSoon() {
    if (!document.hidden && !this.#signal.aborted) {
      this.#timer ??= setTimeout(() => this.#handOn(), PageChanges.#COALESCE_MS);
    }
  }

  /** @param {MutationRecord[]} records */
  #collect(records) {
    for (const { type, target, addedNodes, removedNodes, attributeName } of records) {
      if (type === "attributes") {
        this.#restyled(/** @type {Element} */ (target), attributeName ?? "");
        continue;
      }
      const ours = [CARD_NAME, DrawnLines.NAME];
      const isOurs = [...addedNodes, ...removedNodes].every((node) => ours.includes(node.nodeName.toLowerCase()));
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

  /** @param {Element} element @param {string} attribute */
  #restyled(element, attribute) {
    if (element.localName !== CARD_NAME) {
      this.#changes.restyled.add(element);
      if (PageChanges.#OPENING.includes(attribute)) {
        this.#changes.opened.add(element);
      }
    }
  }

  #hasSomething() {
    const { added, touched, hasRemovals, restyled } = this.#changes;
    return this.#isOverrun || hasRemovals || added.size + touched.size + restyled.size > 0;
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
    return { added: new Set(), touched: new Set(), hasRemovals: false, restyled: new Set(), opened: new Set() };
  }
}

Object.assign(globalThis, { PageChanges });
