/**
 * The owners of text that are to be read, what the reader sees first, and what came of those that were.
 *
 * A reading is what is known of an owner; when the owner has changed, it gets another one. It is taken once its blocks have
 * been handed out to be judged.
 *
 * @typedef {{isTaken: boolean, box: DOMRectReadOnly | null, ids: number[], statements: Statement[]}} Reading
 * @typedef {{owner: Element, reading: Reading, block: BlockText, isNear: boolean}} PortionBlock
 */
class ReadingQueue {
  /** In one portion. What the reader sees is to be painted soon; of the rest, each portion costs the page a message. */
  static #MOST_BLOCKS = { near: 48, far: 128 };
  static #MOST_UNITS = 30_000;

  #onSorted;
  #onForgotten;
  #edge;
  /** @type {Map<Element, Reading>} */
  #readings = new Map();
  /** Owners of which nobody knows yet where they are. @type {Set<Element>} */
  #unsorted = new Set();
  /** Owners that wait, near the window and elsewhere. @type {Set<Element>} */
  #near = new Set();
  /** @type {Set<Element>} */
  #far = new Set();

  /**
   * @param {() => void} onSorted   called when there is something to read
   * @param {(reading: Reading) => void} onForgotten
   * @param {AbortSignal} signal
   */
  constructor(onSorted, onForgotten, signal) {
    this.#onSorted = onSorted;
    this.#onForgotten = onForgotten;
    this.#edge = new IntersectionObserver((entries) => this.#sort(entries), { rootMargin: "100% 0%" });
    signal.addEventListener("abort", () => this.#edge.disconnect());
  }

  get isWaiting() {
    return this.#unsorted.size + this.#near.size + this.#far.size > 0;
  }

  /** Every owner that is known. */
  get owners() {
    return [...this.#readings.keys()];
  }

  /** @param {Element} owner */
  has(owner) {
    return this.#readings.has(owner);
  }

  /** Whether an owner has not changed since it was read. @param {PortionBlock} block */
  isCurrent({ owner, reading }) {
    return this.#readings.get(owner) === reading;
  }

  /** @param {Element} owner */
  add(owner) {
    if (!this.#readings.has(owner)) {
      this.#readings.set(owner, { isTaken: false, box: null, ids: [], statements: [] });
      this.#unsorted.add(owner);
      this.#edge.observe(owner);
    }
  }

  /** @param {Element} owner */
  forget(owner) {
    const reading = this.#readings.get(owner);
    if (reading) {
      this.#onForgotten(reading);
      this.#readings.delete(owner);
      this.#unsorted.delete(owner);
      this.#near.delete(owner);
      this.#far.delete(owner);
      this.#edge.unobserve(owner);
    }
  }

  /**
   * The blocks to be judged next; none if collecting took too long for one go, null if there is nothing to do.
   *
   * @returns {PortionBlock[] | null}
   */
  take() {
    if (this.#near.size + this.#far.size === 0) {
      return null;
    }
    /** @type {PortionBlock[]} */
    const portion = [];
    let units = 0;
    const slice = new TimeSlice();
    for (const owner of this.#waiting()) {
      const isNear = this.#near.delete(owner);
      this.#far.delete(owner);
      const reading = this.#readings.get(owner);
      // what is hidden stays under observation and is sorted again when it is shown
      if (reading?.box && Collector.isVisible(owner, reading.box)) {
        this.#edge.unobserve(owner);
        reading.isTaken = true;
        for (const block of Collector.blocksOf(owner).filter(({ text }) => Readable.isWorthChecking(text))) {
          portion.push({ owner, reading, block, isNear });
          units += block.text.length;
        }
      }
      const most = portion[0]?.isNear ? ReadingQueue.#MOST_BLOCKS.near : ReadingQueue.#MOST_BLOCKS.far;
      if (portion.length >= most || units >= ReadingQueue.#MOST_UNITS || slice.isOver) {
        break;
      }
    }
    return portion;
  }

  /** Have blocks that nobody judged read again. @param {PortionBlock[]} portion */
  putBack(portion) {
    for (const block of portion) {
      if (this.isCurrent(block)) {
        this.forget(block.owner);
        this.add(block.owner);
      }
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #sort(entries) {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      this.#unsorted.delete(target);
      this.#near.delete(target);
      this.#far.delete(target);
      const reading = this.#readings.get(target);
      // what the observer saw before it was told to look away may arrive late
      if (reading?.isTaken === false) {
        reading.box = boundingClientRect;
        (isIntersecting ? this.#near : this.#far).add(target);
      }
    }
    this.#onSorted();
  }

  /** The owners that wait, the near ones first. */
  *#waiting() {
    yield* this.#near;
    yield* this.#far;
  }
}

Object.assign(globalThis, { ReadingQueue });
