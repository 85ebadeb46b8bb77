/** Opens findings and steps from one to the next. */
class FindingNavigator {
  #findings;
  #painter;
  #statementCard;
  /** The finding that was opened last. @type {number | undefined} */
  #current;

  /** @param {Findings} findings @param {Painter} painter @param {StatementCard} statementCard */
  constructor(findings, painter, statementCard) {
    this.#findings = findings;
    this.#painter = painter;
    this.#statementCard = statementCard;
  }

  /** Open the card of a finding beside it. @param {Finding} finding @param {boolean} [takesFocus] */
  open(finding, takesFocus = false) {
    this.#current = finding.id;
    const range = this.#painter.rangeOf(finding);
    const anchor = () => range?.getBoundingClientRect();
    this.#statementCard.show([finding.statement], finding.block, finding.verdict, { anchor, takesFocus, purpose: "page" });
  }

  /** Scroll to a finding and open its card, for readers who come by the list or by keyboard. @param {number} id */
  jump(id) {
    const finding = this.#findings.get(id);
    const range = finding && this.#painter.rangeOf(finding);
    if (!finding || !range) {
      return;
    }
    range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) {
      scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
    }
    this.open(finding, true);
  }

  /** Go to the next finding, or to the one before; after the last comes the first. @param {1 | -1} direction */
  step(direction) {
    const ids = this.#findings.inOrder().map(({ id }) => id);
    const here = ids.indexOf(this.#current ?? NaN);
    const there = here === -1 && direction === -1 ? ids.length - 1 : (here + direction + ids.length) % ids.length;
    if (ids.length > 0) {
      this.jump(ids[there]);
    }
  }
}

Object.assign(globalThis, { FindingNavigator });
