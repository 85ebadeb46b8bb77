"use strict";

/**
 * Auto-scan: has the readable text of the page judged, what the reader sees first, then the rest, then what is added.
 *
 * An owner is an element that holds text directly. It is known from its discovery on; a reading is what came of it, once it
 * has been taken out of those that wait.
 *
 * @typedef {{isTaken: boolean, ids: number[], statements: number}} Reading
 * @typedef {{owner: Element, reading: Reading, block: BlockText}} PortionBlock
 */
class PageScan {
  static #LONGEST_TASK_MS = 8;
  static #MOST_BLOCKS = 48;
  static #MOST_UNITS = 30_000;

  #inquiry;
  #findings;
  #labels;
  #ended = new AbortController();
  #edge;
  #changes;
  /** @type {Map<Element, Reading>} */
  #known = new Map();
  /** Owners that wait to be read, near the window and elsewhere. @type {Set<Element>} */
  #near = new Set();
  /** @type {Set<Element>} */
  #far = new Set();
  /** Owners that changed a moment ago; a running clock never leaves this set. @type {Set<Element>} */
  #restless = new Set();
  #isRunning = false;

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
    this.#discover(document.documentElement);
  }

  /** Go on where a failure or a hidden tab made the scan stop. */
  resume() {
    this.#run();
  }

  /** End the scan and forget everything that it found. */
  destroy() {
    this.#ended.abort();
    this.#forgetAll();
  }

  /** Find the owners in a part of the page, in slices that the page does not notice. @param {Node} root */
  async #discover(root) {
    const { signal } = this.#ended;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node instanceof Element) {
        return Readable.isNotScanned(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      }
      return /\S/.test(node.nodeValue ?? "") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
    });
    /** @type {Map<Element, Element>} */
    const owners = new Map();
    let sliceEnd = performance.now() + PageScan.#LONGEST_TASK_MS;
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent) {
        const owner = owners.get(parent) ?? Collector.ownerOf(parent);
        owners.set(parent, owner);
        this.#expect(owner);
      }
      if (performance.now() > sliceEnd) {
        await PageScan.#yield();
        if (signal.aborted) {
          return;
        }
        if (!walker.currentNode.isConnected) {
          // the page took away the ground the walker stood on
          walker.currentNode = root;
        }
        sliceEnd = performance.now() + PageScan.#LONGEST_TASK_MS;
      }
    }
  }

  /** @param {Element} owner */
  #expect(owner) {
    if (!this.#known.has(owner) && !this.#restless.has(owner)) {
      this.#known.set(owner, { isTaken: false, ids: [], statements: 0 });
      this.#edge.observe(owner);
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #sort(entries) {
    for (const { target, isIntersecting } of entries) {
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
    if (this.#isRunning) {
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
      const next = this.#nextPortion();
      const answer = await answering;
      if (!answer?.ok) {
        this.#putBack([...portion, ...(next ?? [])]);
        break;
      }
      this.#keep(portion, answer);
      portion = next ?? this.#nextPortion();
    }
    this.#isRunning = false;
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
    for (const owner of [...this.#near, ...this.#far]) {
      this.#near.delete(owner);
      this.#far.delete(owner);
      const reading = this.#known.get(owner);
      // what is hidden stays under observation and is sorted again when it is shown
      if (reading && Collector.isVisible(owner)) {
        this.#edge.unobserve(owner);
        reading.isTaken = true;
        for (const block of Collector.blocksOf(owner).filter(({ text }) => Readable.isWorthChecking(text))) {
          portion.push({ owner, reading, block });
          units += block.text.length;
        }
      }
      if (portion.length >= PageScan.#MOST_BLOCKS || units >= PageScan.#MOST_UNITS || performance.now() > end) {
        break;
      }
    }
    return portion;
  }

  /** @param {PortionBlock[]} portion @param {{model: string, blocks: Statement[][]}} answer */
  #keep(portion, { model, blocks }) {
    portion.forEach(({ owner, reading, block }, index) => {
      // an owner that changed meanwhile has another reading, or none
      if (this.#known.get(owner) === reading) {
        reading.ids.push(...this.#findings.add(block, blocks[index], model, this.#labels));
        reading.statements += blocks[index].length;
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
      const element = node instanceof Element ? node : node.parentElement;
      if (element?.isConnected && !Readable.isInsideNotScanned(element)) {
        this.#discover(node instanceof Element ? node : element);
      }
    }
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
  }

  /** @param {Element} owner */
  #forget(owner) {
    const reading = this.#known.get(owner);
    if (reading) {
      this.#findings.remove(reading.ids, reading.statements);
      this.#known.delete(owner);
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
