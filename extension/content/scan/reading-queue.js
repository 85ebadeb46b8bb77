/**
 * The owners of text that are to be read, what the reader sees first, and what came of those that were.
 *
 * Where an owner lies is looked at once, and again after the reader has scrolled: Chromium looks at every element under
 * observation in every frame. Only what is hidden stays under observation, until it is shown.
 *
 * A reading is what is known of an owner; when the owner has changed, it gets another one. It is taken once its blocks have
 * been handed out to be judged.
 *
 * @typedef {object} Reading
 * @property {boolean} isTaken
 * @property {boolean} isHidden
 * @property {DOMRectReadOnly | null} box
 * @property {number} length   of all its blocks, by which it is noticed that the reader sees another text
 * @property {number[]} ids
 * @property {Statement[]} statements
 *
 * @typedef {{owner: Element, reading: Reading, block: BlockText, isNear: boolean}} PortionBlock
 */
class ReadingQueue {
  /** In one portion. What the reader sees is to be painted soon; of the rest, each portion costs the page a message. */
  static #MOST_BLOCKS = { near: 48, far: 256 };
  static #MOST_UNITS = 30_000;
  static #LOOK_AGAIN_AFTER_MS = 200;

  #onSorted;
  #onForgotten;
  #signal;
  #positionObserver;
  #visibilityObserver;
  /** @type {Map<Element, Reading>} */
  #readings = new Map();
  /** Owners whose position is not known yet. @type {Set<Element>} */
  #unsorted = new Set();
  /** Owners that wait, near the window and elsewhere. @type {Set<Element>} */
  #near = new Set();
  /** @type {Set<Element>} */
  #far = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => void} onSorted   called when there is something to read
   * @param {(reading: Reading) => void} onForgotten
   * @param {AbortSignal} signal
   */
  constructor(onSorted, onForgotten, signal) {
    this.#onSorted = onSorted;
    this.#onForgotten = onForgotten;
    this.#signal = signal;
    const margin = { rootMargin: "100% 0%" };
    this.#positionObserver = new IntersectionObserver((entries) => this.#onPositions(entries), margin);
    this.#visibilityObserver = new IntersectionObserver((entries) => this.#onShown(entries), margin);
    signal.addEventListener("abort", () => {
      clearTimeout(this.#timer);
      this.#positionObserver.disconnect();
      this.#visibilityObserver.disconnect();
    });
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
      this.#readings.set(owner, { isTaken: false, isHidden: false, box: null, length: 0, ids: [], statements: [] });
      this.#unsorted.add(owner);
      this.#positionObserver.observe(owner);
    }
  }

  /** Read an owner again. @param {Element} owner */
  readAgain(owner) {
    this.forget(owner);
    this.add(owner);
  }

  /** Owners that wait to be seen. */
  get hiddenOwners() {
    return this.owners.filter((owner) => this.#readings.get(owner)?.isHidden);
  }

  /** Owners of what is painted. */
  get paintedOwners() {
    return this.owners.filter((owner) => (this.#readings.get(owner)?.ids.length ?? 0) > 0);
  }

  /** Whether an owner that was read holds another text by now. @param {Element} owner */
  hasChanged(owner) {
    const reading = this.#readings.get(owner);
    return reading?.isTaken === true && reading.length !== ReadingQueue.#length(Collector.blocksOf(owner));
  }

  /** @param {Element} owner */
  forget(owner) {
    const reading = this.#readings.get(owner);
    if (reading) {
      this.#onForgotten(reading);
      this.#readings.delete(owner);
      [this.#unsorted, this.#near, this.#far].forEach((owners) => owners.delete(owner));
      this.#positionObserver.unobserve(owner);
      if (reading.isHidden) {
        this.#visibilityObserver.unobserve(owner);
      }
    }
  }

  /** The reader has scrolled: other owners may be near now. */
  lookAgainSoon() {
    if (this.#far.size > 0 && !this.#signal.aborted) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#far.forEach((owner) => this.#positionObserver.observe(owner));
      }, ReadingQueue.#LOOK_AGAIN_AFTER_MS);
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
    for (const owner of [...this.#near, ...this.#far]) {
      const isNear = this.#near.delete(owner);
      this.#far.delete(owner);
      const reading = this.#readings.get(owner);
      if (reading?.box && Collector.isVisible(owner, reading.box)) {
        reading.isTaken = true;
        if (reading.isHidden) {
          reading.isHidden = false;
          this.#visibilityObserver.unobserve(owner);
        }
        const blocks = Collector.blocksOf(owner);
        reading.length = ReadingQueue.#length(blocks);
        for (const block of blocks.filter(({ text }) => Readable.isWorthChecking(text))) {
          portion.push({ owner, reading, block, isNear });
          units += block.text.length;
        }
      } else if (reading) {
        reading.isHidden = true;
        this.#visibilityObserver.observe(owner);
      }
      const most = portion[0]?.isNear ? ReadingQueue.#MOST_BLOCKS.near : ReadingQueue.#MOST_BLOCKS.far;
      if (portion.length >= most || units >= ReadingQueue.#MOST_UNITS || slice.isOver()) {
        break;
      }
    }
    return portion;
  }

  /** Queue blocks that were not judged again. @param {PortionBlock[]} portion */
  putBack(portion) {
    for (const block of portion) {
      if (this.isCurrent(block)) {
        this.readAgain(block.owner);
      }
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onPositions(entries) {
    this.#sort(entries);
    if (this.#unsorted.size === 0) {
      this.#positionObserver.disconnect();
    } else {
      entries.forEach(({ target }) => this.#positionObserver.unobserve(target));
    }
    this.#onSorted();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onShown(entries) {
    const shown = entries.filter(({ isIntersecting }) => isIntersecting);
    if (shown.length > 0) {
      this.#sort(shown.filter(({ target }) => !this.#hasJoined(target)));
      this.#onSorted();
    }
  }

  /**
   * Whether an element that was hidden turns out to be a part of the text around it, which is read instead: what is hidden
   * is never inline.
   *
   * @param {Element} owner
   */
  #hasJoined(owner) {
    const whole = Collector.ownerOf(owner);
    if (whole === owner) {
      return false;
    }
    this.forget(owner);
    this.readAgain(whole);
    return true;
  }

  /** Read an owner that has come into sight. @param {Element} owner */
  shown(owner) {
    if (!this.#hasJoined(owner)) {
      this.readAgain(owner);
    }
  }

  /** @param {BlockText[]} blocks */
  static #length(blocks) {
    return blocks.reduce((sum, { text }) => sum + text.length + 1, 0);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #sort(entries) {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      [this.#unsorted, this.#near, this.#far].forEach((owners) => owners.delete(target));
      const reading = this.#readings.get(target);
      if (reading?.isTaken === false) {
        reading.box = boundingClientRect;
        (isIntersecting ? this.#near : this.#far).add(target);
      }
    }
  }
}

Object.assign(globalThis, { ReadingQueue });
