"use strict";

/**
 * Auto-scan: has the readable text of the page judged, what the reader sees first, then the rest, then what is added.
 *
 * An owner is an element that holds text directly. It is known from its discovery on; a reading is what came of it, once it
 * has been taken out of those that wait.
 *
 * @typedef {{isTaken: boolean, ids: number[], statements: Statement[]}} Reading
 * @typedef {{owner: Element, reading: Reading, block: BlockText, isNear: boolean}} PortionBlock
 */
class PageScan {
  static #LONGEST_TASK_MS = 8;
  static #MOST_BLOCKS = 48;
  static #MOST_UNITS = 30_000;
  /** Each change of what is painted makes Chromium look over the whole page: what the reader does not see can wait. */
  static #PAINT_EVERY_MS = 1500;
  static #FIRST_RETRY_MS = 5_000;
  static #LAST_RETRY_MS = 300_000;

  #inquiry;
  #findings;
  #labels;
  #ended = new AbortController();
  #edge;
  #changes;
  /** @type {Map<Element, Reading>} */
  #known = new Map();
  /** Owners of which nobody knows yet where they are. @type {Set<Element>} */
  #unsorted = new Set();
  /** Owners that wait to be read, near the window and elsewhere. @type {Set<Element>} */
  #near = new Set();
  /** @type {Set<Element>} */
  #far = new Set();
  /** Owners that changed a moment ago; a running clock never leaves this set. @type {Set<Element>} */
  #restless = new Set();
  /** Custom elements that may yet get a shadow tree. @type {Set<Element>} */
  #unfinished = new Set();
  /** Answers that are not painted yet. @type {{portion: PortionBlock[], answer: Verdict & {blocks: Statement[][]}}[]} */
  #held = [];
  #paintedAt = -Infinity;
  #discoveries = 0;
  #isRunning = false;
  /** After a failure. @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #retryAfter = PageScan.#FIRST_RETRY_MS;

  /** @param {Inquiry} inquiry @param {Findings} findings @param {readonly string[]} labels   the labels to paint */
  constructor(inquiry, findings, labels) {
    this.#inquiry = inquiry;
    this.#findings = findings;
    this.#labels = labels;
    const { signal } = this.#ended;
    this.#edge = new IntersectionObserver((entries) => this.#sort(entries), { rootMargin: "100% 0%" });
    signal.addEventListener("abort", () => this.#edge.disconnect());
    this.#changes = new PageChanges((changes) => this.#follow(changes), () => this.#startAnew(), signal);
    document.addEventListener("visibilitychange", () => this.resume(), { signal });
    addEventListener("load", () => this.#enterFinished(), { signal });
    this.#discover(document.documentElement);
  }

  /** Whether there is something left to read, and nothing in the way. */
  get isBusy() {
    const isWaiting = this.#unsorted.size + this.#near.size + this.#far.size > 0;
    return this.#discoveries > 0 || this.#isRunning || (isWaiting && this.#retry === undefined);
  }

  /** Go on where a failure or a hidden tab made the scan stop. */
  resume() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#run();
  }

  /** End the scan and forget everything that it found. */
  destroy() {
    this.#ended.abort();
    clearTimeout(this.#retry);
    this.#forgetAll();
  }

  /**
   * Find the owners in a part of the page and in the shadow trees there, in slices that the page does not notice.
   *
   * @param {Element | ShadowRoot} start
   */
  async #discover(start) {
    this.#discoveries += 1;
    /** @type {Map<Element, Element>} */
    const owners = new Map();
    /** A set grows while it is walked. @type {Set<Element | ShadowRoot>} */
    const trees = new Set([start]);
    if (start instanceof Element) {
      this.#enter(start, trees);
    }
    const slice = { end: performance.now() + PageScan.#LONGEST_TASK_MS };
    for (const tree of trees) {
      await this.#discoverIn(tree, trees, owners, slice);
    }
    this.#discoveries -= 1;
    this.#findings.tellSoon();
  }

  /**
   * @param {Element | ShadowRoot} tree
   * @param {Set<Element | ShadowRoot>} trees   grows by the shadow trees that are found
   * @param {Map<Element, Element>} owners   what is known of earlier texts
   * @param {{end: number}} slice   when to let the page have the thread
   */
  async #discoverIn(tree, trees, owners, slice) {
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && !this.#ended.signal.aborted) {
      const isLeftOut = node instanceof Element && Readable.isNotScanned(node);
      if (node instanceof Element && !isLeftOut) {
        this.#enter(node, trees);
      } else if (node instanceof Text && /\S/.test(node.data)) {
        this.#expectText(node, owners);
      }
      if (performance.now() > slice.end) {
        await PageScan.#yield();
        if (!walker.currentNode.isConnected) {
          // the page took away the ground the walker stood on
          walker.currentNode = tree;
        }
        slice.end = performance.now() + PageScan.#LONGEST_TASK_MS;
      }
      node = isLeftOut ? PageScan.#nextOutside(walker) : walker.nextNode();
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

  /** @param {Text} text @param {Map<Element, Element>} owners   the owner of the text in an element */
  #expectText(text, owners) {
    const parent = FlatTree.parent(text);
    if (parent) {
      const owner = owners.get(parent) ?? Collector.ownerOf(parent);
      owners.set(parent, owner);
      this.#expect(owner);
    }
  }

  /** Take note of the shadow tree of an element. @param {Element} element @param {Set<Element | ShadowRoot>} trees */
  #enter(element, trees) {
    if (element.shadowRoot) {
      trees.add(element.shadowRoot);
      this.#changes.observe(element.shadowRoot);
    } else if (element.localName.includes("-")) {
      this.#unfinished.add(element);
    }
  }

  /** Custom elements get their shadow trees late, and no observer tells. */
  #enterFinished() {
    for (const element of this.#unfinished) {
      if (element.shadowRoot || !element.isConnected) {
        this.#unfinished.delete(element);
      }
      if (element.shadowRoot && element.isConnected) {
        this.#discover(element);
      }
    }
  }

  /** @param {Element} owner */
  #expect(owner) {
    if (!this.#known.has(owner) && !this.#restless.has(owner)) {
      this.#known.set(owner, { isTaken: false, ids: [], statements: [] });
      this.#unsorted.add(owner);
      this.#edge.observe(owner);
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #sort(entries) {
    for (const { target, isIntersecting } of entries) {
      this.#unsorted.delete(target);
      this.#near.delete(target);
      this.#far.delete(target);
      // what the observer saw before it was told to look away may arrive late
      if (this.#known.get(target)?.isTaken === false) {
        (isIntersecting ? this.#near : this.#far).add(target);
      }
    }
    this.#run();
  }

  async #run() {
    if (this.#isRunning || this.#retry !== undefined) {
      return;
    }
    this.#isRunning = true;
    let portion = this.#nextPortion();
    while (portion) {
      if (portion.length === 0) {
        await PageScan.#yield();
        portion = this.#nextPortion();
        continue;
      }
      const answering = this.#inquiry.check("page", portion.map(({ block }) => block.text));
      const isSeen = portion.some(({ isNear }) => isNear);
      const next = this.#nextPortion();
      const answer = await answering;
      if (!answer?.ok) {
        this.#putBack([...portion, ...(next ?? [])]);
        this.#retryLater();
        break;
      }
      this.#retryAfter = PageScan.#FIRST_RETRY_MS;
      this.#held.push({ portion, answer });
      if (isSeen || performance.now() - this.#paintedAt > PageScan.#PAINT_EVERY_MS) {
        this.#paint();
      }
      portion = next ?? this.#nextPortion();
    }
    this.#paint();
    this.#isRunning = false;
    this.#findings.tellSoon();
  }

  /** A server that does not answer is asked again now and then, and at once when the reader looks. */
  #retryLater() {
    if (!this.#ended.signal.aborted) {
      this.#retry = setTimeout(() => this.resume(), this.#retryAfter);
      this.#retryAfter = Math.min(2 * this.#retryAfter, PageScan.#LAST_RETRY_MS);
    }
  }

  /**
   * The blocks to be judged next; none if collecting took too long for one go, null if there is nothing to do.
   *
   * @returns {PortionBlock[] | null}
   */
  #nextPortion() {
    if (this.#ended.signal.aborted || document.hidden || this.#near.size + this.#far.size === 0) {
      return null;
    }
    /** @type {PortionBlock[]} */
    const portion = [];
    let units = 0;
    const end = performance.now() + PageScan.#LONGEST_TASK_MS;
    for (const owner of this.#waiting()) {
      const isNear = this.#near.delete(owner);
      this.#far.delete(owner);
      const reading = this.#known.get(owner);
      // what is hidden stays under observation and is sorted again when it is shown
      if (reading && Collector.isVisible(owner)) {
        this.#edge.unobserve(owner);
        reading.isTaken = true;
        for (const block of Collector.blocksOf(owner).filter(({ text }) => Readable.isWorthChecking(text))) {
          portion.push({ owner, reading, block, isNear });
          units += block.text.length;
        }
      }
      if (portion.length >= PageScan.#MOST_BLOCKS || units >= PageScan.#MOST_UNITS || performance.now() > end) {
        break;
      }
    }
    return portion;
  }

  /** The owners that wait, the near ones first. */
  *#waiting() {
    yield* this.#near;
    yield* this.#far;
  }

  /** Paint what was answered. */
  #paint() {
    this.#held.splice(0).forEach(({ portion, answer }) => this.#keep(portion, answer));
    this.#paintedAt = performance.now();
  }

  /** @param {PortionBlock[]} portion @param {Verdict & {blocks: Statement[][]}} answer */
  #keep(portion, { model, address, blocks }) {
    const verdict = { model, address };
    portion.forEach(({ owner, reading, block }, index) => {
      // an owner that changed meanwhile has another reading, or none
      if (this.#known.get(owner) === reading) {
        reading.ids.push(...this.#findings.add(block, blocks[index], verdict, this.#labels));
        reading.statements.push(...blocks[index]);
      }
    });
  }

  /** @param {PortionBlock[]} portion */
  #putBack(portion) {
    for (const { owner, reading } of portion) {
      if (this.#known.get(owner) === reading) {
        this.#forget(owner);
        this.#expect(owner);
      }
    }
  }

  /** @param {Changes} changes */
  #follow({ added, touched, hasRemovals }) {
    if (hasRemovals) {
      [...this.#known.keys()].filter((owner) => !owner.isConnected).forEach((owner) => this.#forget(owner));
    }
    const changed = this.#changedOwners(touched);
    const settled = [...this.#restless].filter((owner) => !changed.has(owner));
    this.#restless = changed;
    changed.forEach((owner) => this.#forget(owner));
    settled.filter((owner) => owner.isConnected).forEach((owner) => this.#expect(owner));
    for (const node of added) {
      const element = node instanceof Element ? node : FlatTree.parent(/** @type {Text} */ (node));
      if (element?.isConnected && !Readable.isInsideNotScanned(element)) {
        this.#discover(element);
      }
    }
    this.#enterFinished();
    if (this.#restless.size > 0) {
      this.#changes.callSoon();
    }
  }

  /** @param {Set<Element>} touched */
  #changedOwners(touched) {
    const owners = [...touched].filter((element) => element.isConnected).map((element) => Collector.ownerOf(element));
    const isOurs = (/** @type {Element} */ owner) => this.#known.has(owner) || this.#restless.has(owner);
    return new Set(owners.filter(isOurs));
  }

  #startAnew() {
    this.#forgetAll();
    this.#discover(document.documentElement);
  }

  #forgetAll() {
    [...this.#known.keys()].forEach((owner) => this.#forget(owner));
    this.#restless.clear();
    this.#unfinished.clear();
  }

  /** @param {Element} owner */
  #forget(owner) {
    const reading = this.#known.get(owner);
    if (reading) {
      this.#findings.remove(reading.ids, reading.statements);
      this.#known.delete(owner);
      this.#unsorted.delete(owner);
      this.#near.delete(owner);
      this.#far.delete(owner);
      this.#edge.unobserve(owner);
    }
  }

  /** Let the page have the thread. */
  static #yield() {
    return new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}
