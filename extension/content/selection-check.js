"use strict";

/** Has the reader's selection judged and shows what comes of it. */
class SelectionCheck {
  static #SAY_CHECKING_AFTER_MS = 200;

  #inquiry;
  #findings;
  #card;
  #currentSettings;
  /** Answers to an earlier selection are no longer wanted. */
  #number = 0;
  /** @type {number[]} */
  #painted = [];
  #counted = 0;

  /**
   * @param {Inquiry} inquiry
   * @param {Findings} findings
   * @param {Card} card
   * @param {() => Settings} currentSettings
   */
  constructor(inquiry, findings, card, currentSettings) {
    this.#inquiry = inquiry;
    this.#findings = findings;
    this.#card = card;
    this.#currentSettings = currentSettings;
  }

  /** The reader has finished selecting: say something if there is something to judge. */
  onSelected() {
    // an answer that is still under way is about something that is no longer selected
    this.#number += 1;
    const selected = this.#selected();
    if (selected && Readable.isWorthChecking(selected.block.text)) {
      this.#check(selected, false);
    }
  }

  /** The reader asks for it, by shortcut or menu: say something in any case, and take the focus. */
  onCommand() {
    const selected = this.#selected();
    if (selected && Readable.isWorthChecking(selected.block.text)) {
      this.#check(selected, true);
    } else {
      const middle = new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0);
      this.#card.show("notice", [CardContent.notice(words("notice_select_first"))], {
        anchor: () => selected?.range.getBoundingClientRect() ?? middle,
        takesFocus: true,
      });
    }
  }

  /** Forget what earlier selections painted. */
  clear() {
    this.#number += 1;
    this.#findings.remove(this.#painted, this.#counted);
    this.#painted = [];
    this.#counted = 0;
  }

  #selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
      return null;
    }
    const range = selection.getRangeAt(0).cloneRange();
    const isPrivate = [range.startContainer, range.endContainer].some((node) => {
      const element = node instanceof Element ? node : node.parentElement;
      return element === null || Readable.isInsidePrivate(element);
    });
    return isPrivate ? null : { range, block: Collector.blockOfRange(range) };
  }

  /** @param {{range: Range, block: BlockText}} selected @param {boolean} takesFocus */
  async #check({ range, block }, takesFocus) {
    this.clear();
    const number = this.#number;
    const anchor = () => range.getBoundingClientRect();
    if (block.text.length > Readable.LONGEST_BLOCK) {
      const limit = Readable.LONGEST_BLOCK.toLocaleString();
      this.#card.show("notice", [CardContent.notice(words("notice_too_much", limit))], { anchor, takesFocus });
      return;
    }
    let hasSaidChecking = false;
    const timer = setTimeout(() => {
      if (number === this.#number) {
        hasSaidChecking = true;
        this.#card.show("checking", [CardContent.notice(words("notice_checking"))], { anchor, takesFocus });
      }
    }, SelectionCheck.#SAY_CHECKING_AFTER_MS);
    const answer = await this.#inquiry.check("selection", [block.text]);
    clearTimeout(timer);
    const wasDismissed = hasSaidChecking && !this.#card.isOpen;
    if (number !== this.#number || answer === null || wasDismissed) {
      return;
    }
    if (!answer.ok) {
      this.#card.show("failure", [CardContent.failure(answer.failure)], { anchor, takesFocus });
      return;
    }
    const [statements] = answer.blocks;
    const labels = vocabulary.paintedLabels(this.#currentSettings());
    this.#painted = this.#findings.add(block, statements, answer.model, labels);
    this.#counted = statements.length;
    const content =
      statements.length > 0
        ? statements.map((statement) => CardContent.statement(statement, block.text))
        : [CardContent.notice(words("notice_no_statement"))];
    this.#card.show("verdict", content, { anchor, takesFocus, footer: words("card_footer", answer.model) });
  }
}
