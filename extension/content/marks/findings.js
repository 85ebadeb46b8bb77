/**
 * A statement that the page shows marked, with the way back to its characters.
 *
 * @typedef {{id: number, label: string, statement: Statement, block: BlockText, verdict: Verdict}} Finding
 */

/** Where an answer comes from. @typedef {{model: string, address: string, factChecks: FactChecks | null}} Verdict */

/** The findings of this frame: painted, counted for the badge, and listed for the popup while it is open. */
class Findings {
  static #REPORT_AFTER_MS = 250;

  /** @type {Map<number, Finding>} */
  #byId = new Map();
  #lastId = 0;
  /** How many statements were judged, by label. @type {Map<string, number>} */
  #counts = new Map();
  /** Statements that the reader no longer wants to see marked. @type {Set<string>} */
  #dismissed = new Set();
  #hasReported = false;
  #painter;
  #reportCount;
  #signal;
  /** Called at every change. @type {Set<() => void>} */
  #followers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Painter} painter
   * @param {(report: CountReport) => void} reportCount
   * @param {AbortSignal} signal
   */
  constructor(painter, reportCount, signal) {
    this.#painter = painter;
    this.#reportCount = reportCount;
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    // the browser forgets the badge of a tab that navigates away; a page restored from the back/forward cache has not run again
    addEventListener("pageshow", ({ persisted }) => persisted && this.#hasReported && this.#report(), { signal });
  }

  /**
   * Keep and paint those statements of some blocks that the reader wants to see; the others are counted.
   *
   * @param {{block: BlockText, statements: Statement[]}[]} judged
   * @param {Verdict} verdict
   * @param {readonly string[]} labels
   * @returns {number[][]} the ids of the findings of each block
   */
  add(judged, verdict, labels) {
    const ids = judged.map(({ block, statements }) => this.#addBlock(block, statements, verdict, labels));
    this.#painter.restore();
    this.reportSoon();
    return ids;
  }

  /** @param {BlockText} block @param {Statement[]} statements @param {Verdict} verdict @param {readonly string[]} labels */
  #addBlock(block, statements, verdict, labels) {
    this.#count(statements, 1);
    const added = statements
      .filter((statement) => labels.includes(statement.label) && !this.#dismissed.has(textOf(block, statement)))
      .map((statement) => ({ id: ++this.#lastId, label: statement.label, statement, block, verdict }))
      .filter((finding) => this.#painter.paint(finding));
    for (const finding of added) {
      this.#byId.set(finding.id, finding);
    }
    return added.map(({ id }) => id);
  }

  /** Prepare for findings that will be added, or stop expecting any. @param {boolean} isExpected */
  expect(isExpected) {
    this.#painter.expect(isExpected);
  }

  /** @param {Iterable<number>} ids @param {Statement[]} statements   everything that was counted with these */
  remove(ids, statements) {
    for (const id of ids) {
      const finding = this.#byId.get(id);
      if (finding) {
        this.#painter.unpaint(finding);
        this.#byId.delete(id);
      }
    }
    this.#count(statements, -1);
    this.reportSoon();
  }

  /**
   * Give a statement another verdict: its mark changes or is removed. A statement without a mark gets none.
   *
   * @param {Statement} statement   as it was added; it becomes the other one
   * @param {Statement} revised
   * @param {readonly string[]} labels   those that are painted
   */
  revise(statement, revised, labels) {
    const finding = [...this.#byId.values()].find((one) => one.statement === statement);
    this.#count([statement], -1);
    Object.assign(statement, revised);
    this.#count([statement], 1);
    if (finding) {
      this.#painter.unpaint(finding);
      finding.label = statement.label;
      if (!labels.includes(statement.label) || !this.#painter.paint(finding)) {
        this.#byId.delete(finding.id);
      }
    }
    this.reportSoon();
  }

  /** Remove the marks of a statement everywhere in this page, until the page is left. @param {string} text */
  dismiss(text) {
    this.#dismissed.add(text);
    const ids = [...this.#byId.values()]
      .filter(({ block, statement }) => textOf(block, statement) === text)
      .map(({ id }) => id);
    this.remove(ids, []);
  }

  /** @param {number} id */
  get(id) {
    return this.#byId.get(id);
  }

  /** The findings in the order of the page: one walk over it, since browsers compare two nodes by counting siblings. */
  inOrder() {
    /** @type {Set<Finding>} */
    const ordered = new Set();
    if (this.#byId.size > 0) {
      for (const node of FlatTree.texts(document)) {
        const marks = this.#painter.marksIn(node).toSorted((a, b) => a.from - b.from);
        marks.forEach(({ finding }) => ordered.add(finding));
      }
    }
    return [...ordered];
  }

  /** The findings and counts, for the popup's list. */
  summary() {
    const findings = this.inOrder().map(({ id, label, statement, block }) => ({ id, label, text: textOf(block, statement) }));
    return { findings, counts: Object.fromEntries(this.#counts) };
  }

  /** Whether anything follows them, such as an open popup. */
  get hasFollowers() {
    return this.#followers.size > 0;
  }

  /** Call back a while after each change. @param {() => void} follower @param {AbortSignal} gone */
  follow(follower, gone) {
    this.#followers.add(follower);
    gone.addEventListener("abort", () => this.#followers.delete(follower));
  }

  /** Report a change to all followers soon. */
  reportSoon() {
    if (!this.#signal.aborted) {
      this.#timer ??= setTimeout(() => this.#report(), Findings.#REPORT_AFTER_MS);
    }
  }

  #report() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const first = !this.#hasReported;
    this.#hasReported = true;
    this.#reportCount({ first, count: this.#byId.size });
    this.#followers.forEach((follower) => follower());
  }

  /** @param {Statement[]} statements @param {1 | -1} change */
  #count(statements, change) {
    for (const { label } of statements) {
      this.#counts.set(label, (this.#counts.get(label) ?? 0) + change);
    }
  }
}

/** The words of a statement. @param {BlockText} block @param {Statement} statement */
function textOf(block, { start, end }) {
  return block.text.slice(start, end);
}

Object.assign(globalThis, { Findings });
