/**
 * Looks for text that has become visible or invisible after the page has changed how something looks.
 *
 * Browsers report elements that get or lose a box, not those that become visible in place: by `visibility`, `opacity` or a
 * rule about another element. So everything that waits to be seen and everything painted is checked, and the text around
 * each restyled element.
 */
class VisibilityWatcher {
  /** A page that is restyled all the time is checked so rarely that it costs at most this share of the time. */
  static #MOST_OF_THE_TIME = 0.05;
  static #SHORTEST_PAUSE_MS = 200;
  /** Of more restyled elements than this, only so many are checked one by one. */
  static #MOST_ELEMENTS = 300;
  /** After these a reader may see something else though no element has changed. */
  static #EVENTS = ["transitionend", "animationend", "change", "toggle", "click"];

  #queue;
  #signal;
  /** @type {Set<Element>} */
  #restyled = new Set();
  #isLooking = false;
  #isWanted = false;
  #nextAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {ReadingQueue} queue @param {AbortSignal} signal */
  constructor(queue, signal) {
    this.#queue = queue;
    this.#signal = signal;
    const options = { capture: true, passive: true, signal };
    VisibilityWatcher.#EVENTS.forEach((type) => addEventListener(type, () => this.lookSoon(), options));
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  /** @param {Iterable<Element>} [restyled] */
  lookSoon(restyled = []) {
    for (const element of restyled) {
      if (this.#restyled.size < VisibilityWatcher.#MOST_ELEMENTS) {
        this.#restyled.add(element);
      }
    }
    this.#isWanted = true;
    if (!this.#isLooking && !this.#signal.aborted) {
      this.#timer ??= setTimeout(() => this.#look(), Math.max(VisibilityWatcher.#SHORTEST_PAUSE_MS, this.#nextAt - performance.now()));
    }
  }

  async #look() {
    this.#timer = undefined;
    this.#isLooking = true;
    this.#isWanted = false;
    const restyled = [...this.#restyled];
    this.#restyled.clear();
    const cost = await this.#lookAt([
      ...this.#queue.hiddenOwners.map((owner) => () => this.#lookAtHidden(owner)),
      ...this.#queue.paintedOwners.map((owner) => () => this.#lookAtPainted(owner)),
      ...restyled.map((element) => () => this.#lookAround(element)),
    ]);
    this.#nextAt = performance.now() + cost / VisibilityWatcher.#MOST_OF_THE_TIME;
    this.#isLooking = false;
    if (this.#isWanted) {
      this.lookSoon();
    }
  }

  /** @param {(() => void)[]} looks @returns {Promise<number>} the time it took */
  async #lookAt(looks) {
    let cost = 0;
    let startedAt = performance.now();
    const slice = new TimeSlice();
    for (const look of looks) {
      look();
      if (slice.isOver()) {
        cost += performance.now() - startedAt;
        await slice.rest();
        startedAt = performance.now();
      }
      if (this.#signal.aborted) {
        break;
      }
    }
    return cost + performance.now() - startedAt;
  }

  /** @param {Element} owner */
  #lookAtHidden(owner) {
    if (owner.isConnected && Collector.isVisible(owner, owner.getBoundingClientRect())) {
      this.#queue.shown(owner);
    }
  }

  /** @param {Element} owner */
  #lookAtPainted(owner) {
    if (!owner.isConnected || Readable.isInsidePrivate(owner)) {
      this.#queue.forget(owner);
    } else if (!Collector.isVisible(owner, owner.getBoundingClientRect()) || this.#queue.hasChanged(owner)) {
      this.#queue.readAgain(owner);
    }
  }

  /** @param {Element} element */
  #lookAround(element) {
    const parent = element.isConnected ? FlatTree.parent(element) : null;
    if (parent) {
      const owners = new Set([Collector.ownerOf(element), Collector.ownerOf(parent)]);
      [...owners].filter((owner) => this.#queue.hasChanged(owner)).forEach((owner) => this.#queue.readAgain(owner));
    }
  }
}

Object.assign(globalThis, { VisibilityWatcher });
