/** Auto-scan: has the readable text of the page judged, visible text first, then the rest, then what is added. */
class PageScan {
  /**
   * Chromium checks all marks with each change of them: findings out of sight may wait this long, and less while the popup
   * lists findings.
   */
  static #PAINT_AFTER_MS = { followed: 4_000, alone: 10_000 };
  static #FIRST_RETRY_MS = 5_000;
  static #LAST_RETRY_MS = 300_000;

  #background;
  #findings;
  #labels;
  #ended = new AbortController();
  #connection = messages.openConnection("check");
  #queue;
  #search;
  #changes;
  #sight;
  /** Owners that changed a moment ago; text that keeps changing, such as a clock, stays in this set. @type {Set<Element>} */
  #changing = new Set();
  /** Answers that are not painted yet. @type {{verdict: Verdict, judged: (PortionBlock & {statements: Statement[]})[]}[]} */
  #held = [];
  #paintedAt = -Infinity;
  #isRunning = false;
  /** After a failure. @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #retryAfter = PageScan.#FIRST_RETRY_MS;

  /** @param {BackgroundClient} background @param {Findings} findings @param {readonly string[]} labels   the labels to paint */
  constructor(background, findings, labels) {
    this.#background = background;
    this.#findings = findings;
    this.#labels = labels;
    const { signal } = this.#ended;
    const forget = (/** @type {Reading} */ { ids, statements }) => findings.remove(ids, statements);
    this.#queue = new ReadingQueue(() => this.#run(), forget, signal);
    this.#sight = new VisibilityWatcher(this.#queue, signal);
    this.#changes = new PageChanges((changes) => this.#follow(changes), () => this.#restart(), signal);
    this.#search = new TextFinder(
      (owner) => this.#changing.has(owner) || this.#queue.add(owner),
      (root) => this.#changes.observe(root),
      signal,
    );
    document.addEventListener("visibilitychange", () => this.resume(), { signal });
    addEventListener("load", () => this.#search.searchFinished(), { signal });
    // in the page or in a part of it: what has been answered comes into sight, and what waits
    const onScroll = () => {
      this.paint();
      this.#queue.lookAgainSoon();
    };
    addEventListener("scroll", onScroll, { capture: true, passive: true, signal });
    this.#read(document.documentElement);
  }

  /** Whether there is something left to read, and nothing in the way. */
  get isBusy() {
    return this.#search.isBusy || this.#isRunning || (this.#queue.isWaiting && this.#retry === undefined);
  }

  /** Resume after a failure or a hidden tab. */
  resume() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#run();
  }

  /** Paint what has been answered so far, unless it has changed meanwhile. */
  paint() {
    for (const { verdict, judged } of this.#held.splice(0)) {
      const current = judged.filter((block) => this.#queue.isCurrent(block));
      const ids = this.#findings.add(current, verdict, this.#labels);
      current.forEach(({ reading, statements }, index) => {
        reading.ids.push(...ids[index]);
        reading.statements.push(...statements);
      });
    }
    this.#paintedAt = performance.now();
  }

  /** End the scan and forget everything that it found. */
  destroy() {
    this.#ended.abort();
    this.#connection.close();
    clearTimeout(this.#retry);
    this.#forgetAll();
    this.#findings.expect(false);
  }

  /** @param {Element} start */
  async #read(start) {
    await this.#search.search(start);
    this.#findings.reportSoon();
  }

  /** Have waiting texts judged portion by portion; the next one is collected while the server works. */
  async #run() {
    if (this.#isRunning || this.#retry !== undefined) {
      return;
    }
    this.#isRunning = true;
    let portion = this.#nextPortion();
    while (portion) {
      if (portion.length === 0) {
        await new TimeSlice().rest();
        portion = this.#nextPortion();
        continue;
      }
      const answering = this.#background.check("page", portion.map(({ block }) => block.text), (message) => this.#ask(message));
      this.#findings.expect(true);
      // adding the style may have taken the browser a while
      await new TimeSlice().rest();
      const next = this.#nextPortion();
      const answer = await answering;
      if (!answer?.ok) {
        this.#queue.putBack([...portion, ...(next ?? [])]);
        this.#retryLater();
        break;
      }
      this.#retryAfter = PageScan.#FIRST_RETRY_MS;
      const { model, address, factChecks, blocks } = answer;
      const judged = portion.map((one, index) => ({
        ...one,
        statements: StatementVisibility.visible(one.block, blocks[index], this.#labels),
      }));
      this.#held.push({ verdict: { model, address, factChecks }, judged });
      const isSeen = portion.some(({ isNear }) => isNear);
      if (isSeen || performance.now() - this.#paintedAt > this.#patience) {
        this.paint();
      }
      portion = next ?? this.#nextPortion();
    }
    this.#connection.close();
    this.paint();
    this.#isRunning = false;
    this.#findings.reportSoon();
  }

  /** @param {Message} message */
  async #ask(message) {
    return this.#ended.signal.aborted ? undefined : this.#connection.ask(message);
  }

  #nextPortion() {
    return this.#ended.signal.aborted || document.hidden ? null : this.#queue.take();
  }

  /** A server that does not answer is asked again ever less often, and at once when the reader returns to the page. */
  #retryLater() {
    if (!this.#ended.signal.aborted) {
      this.#retry = setTimeout(() => this.resume(), this.#retryAfter);
      this.#retryAfter = Math.min(2 * this.#retryAfter, PageScan.#LAST_RETRY_MS);
    }
  }

  get #patience() {
    return PageScan.#PAINT_AFTER_MS[this.#findings.hasFollowers ? "followed" : "alone"];
  }

  /** @param {Changes} changes */
  #follow({ added, touched, hasRemovals, restyled, opened }) {
    if (hasRemovals) {
      this.#queue.owners.filter((owner) => !owner.isConnected).forEach((owner) => this.#queue.forget(owner));
    }
    const changed = this.#changedOwners(touched);
    const settled = [...this.#changing].filter((owner) => !changed.has(owner) && owner.isConnected);
    this.#changing = changed;
    changed.forEach((owner) => this.#queue.forget(owner));
    settled.forEach((owner) => this.#queue.add(owner));
    for (const node of [...added, ...opened]) {
      const element = node instanceof Element ? node : FlatTree.parent(/** @type {Text} */ (node));
      if (element?.isConnected && !Readable.isInsideNotScanned(element)) {
        this.#read(element);
      }
    }
    this.#search.searchFinished();
    if (restyled.size > 0) {
      this.#sight.lookSoon(restyled);
    }
    if (this.#changing.size > 0) {
      this.#changes.callSoon();
    }
  }

  /** @param {Set<Element>} touched */
  #changedOwners(touched) {
    const owners = [...touched].filter((element) => element.isConnected).map((element) => Collector.ownerOf(element));
    return new Set(owners.filter((owner) => this.#queue.has(owner) || this.#changing.has(owner)));
  }

  #restart() {
    this.#forgetAll();
    this.#read(document.documentElement);
  }

  #forgetAll() {
    this.#queue.owners.forEach((owner) => this.#queue.forget(owner));
    this.#changing.clear();
    this.#search.forget();
  }
}

Object.assign(globalThis, { PageScan });
