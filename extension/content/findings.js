"use strict";

/**
 * A statement that the page shows marked, with the way back to its characters.
 *
 * @typedef {{id: number, label: string, statement: Statement, block: BlockText, model: string}} Finding
 */

/** Everything that was found in this frame: painted, and told to the popup and the badge. */
class Findings {
  static #REPORT_AFTER_MS = 250;

  /** @type {Map<number, Finding>} */
  #byId = new Map();
  #lastId = 0;
  #checked = 0;
  #hasReported = false;
  #painter;
  #tell;
  #signal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Painter} painter
   * @param {(report: FindingsReport) => void} tell   reports what there is
   * @param {AbortSignal} signal
   */
  constructor(painter, tell, signal) {
    this.#painter = painter;
    this.#tell = tell;
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    // the browser forgets the badge of a tab that navigates away; a page that comes back has not run anew
    addEventListener("pageshow", ({ persisted }) => persisted && this.#hasReported && this.report(), { signal });
  }

  /**
   * Keep and paint those statements of a block that the reader wants to see; the others are counted.
   *
   * @param {BlockText} block
   * @param {Statement[]} statements
   * @param {string} model
   * @param {readonly string[]} labels
   * @returns {number[]} the ids of the findings
   */
  add(block, statements, model, labels) {
    this.#checked += statements.length;
    const added = statements
      .filter(({ label }) => labels.includes(label))
      .map((statement) => ({ id: ++this.#lastId, label: statement.label, statement, block, model }))
      .filter((finding) => this.#painter.paint(finding));
    for (const finding of added) {
      this.#byId.set(finding.id, finding);
    }
    this.#reportSoon();
    return added.map(({ id }) => id);
  }

  /** @param {Iterable<number>} ids @param {number} statements   how many statements these are taken from */
  remove(ids, statements) {
    for (const id of ids) {
      const finding = this.#byId.get(id);
      if (finding) {
        this.#painter.unpaint(finding);
        this.#byId.delete(id);
      }
    }
    this.#checked -= statements;
    this.#reportSoon();
  }

  /** @param {number} id */
  get(id) {
    return this.#byId.get(id);
  }

  /** The findings in the order of the page. */
  inOrder() {
    const placed = [...this.#byId.values()].map((finding) => ({ finding, range: this.#painter.rangeOf(finding) }));
    placed.sort((a, b) => (a.range && b.range ? a.range.compareBoundaryPoints(Range.START_TO_START, b.range) : 0));
    return placed.map(({ finding }) => finding);
  }

  /** Tell what there is. */
  report() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const findings = this.inOrder().map(({ id, label, statement: { start, end }, block }) => ({
      id,
      label,
      text: block.text.slice(start, end),
    }));
    const first = !this.#hasReported;
    this.#hasReported = true;
    this.#tell({ first, findings, checked: this.#checked });
  }

  #reportSoon() {
    if (!this.#signal.aborted) {
      this.#timer ??= setTimeout(() => this.report(), Findings.#REPORT_AFTER_MS);
    }
  }
}
