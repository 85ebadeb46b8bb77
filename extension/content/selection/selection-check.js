/** Has the reader's selection judged and shows the result. */
class SelectionCheck {
  static #SHOW_CHECKING_AFTER_MS = 200;

  #background;
  #findings;
  #card;
  #content;
  #settings;
  #shadowRoots;
  /** Answers to an earlier selection are no longer wanted. */
  #number = 0;
  /** @type {number[]} */
  #painted = [];
  /** @type {Statement[]} */
  #counted = [];

  /**
   * @param {object} parts
   * @param {BackgroundClient} parts.background
   * @param {Findings} parts.findings
   * @param {Card} parts.card
   * @param {StatementCard} parts.statementCard
   * @param {() => Settings} parts.settings
   * @param {() => ShadowRoot[]} parts.shadowRoots   where the reader may have selected
   */
  constructor({ background, findings, card, statementCard, settings, shadowRoots }) {
    this.#background = background;
    this.#findings = findings;
    this.#card = card;
    this.#content = statementCard;
    this.#settings = settings;
    this.#shadowRoots = shadowRoots;
  }

  /** The reader has finished selecting: check the selection, or offer to. */
  onSelected() {
    // a pending answer is about something that is no longer selected
    this.#number += 1;
    const selected = this.#selected();
    if (!selected || !Readable.isWorthChecking(selected.block.text)) {
      if (selected && Readable.isSeveralWords(selected.block.text)) {
        this.#notice("notice_too_short", selected.range);
      }
      return;
    }
    const current = this.#settings();
    const { askFirst, serverAddress } = current;
    if (askFirst || !addresses.isLoopback(serverAddress)) {
      this.#offer(selected, current);
    } else {
      this.#check(selected, current, false);
    }
  }

  /** The reader has turned to something else: a pending answer is no longer wanted. */
  onLeft() {
    this.#number += 1;
  }

  /** The reader used a shortcut or the menu: always show a card, and take the focus. */
  onCommand() {
    const selected = this.#selected();
    if (selected && Readable.isWorthChecking(selected.block.text)) {
      this.#check(selected, this.#settings(), true);
    } else {
      const middle = new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0);
      this.#card.show("notice", [CardElements.notice(words("notice_select_first"))], {
        anchor: () => selected?.range.getBoundingClientRect() ?? middle,
        takesFocus: true,
      });
    }
  }

  /** @param {string} key   of what is said @param {Range} range   beside which */
  #notice(key, range) {
    const content = [CardElements.notice(words(key))];
    this.#card.show("notice", content, { anchor: () => range.getBoundingClientRect() });
  }

  /** Forget what earlier selections painted. */
  clear() {
    this.#number += 1;
    this.#findings.remove(this.#painted, this.#counted);
    this.#painted = [];
    this.#counted = [];
  }

  /** @returns {{range: Range, block: BlockText} | null} */
  #selected() {
    const selected = ReaderSelection.read(this.#shadowRoots());
    if (!selected) {
      return null;
    }
    const { range, cutHosts } = selected;
    const isPrivate = [range.startContainer, range.endContainer].some((node) => {
      const element = node instanceof Element ? node : (node.parentElement ?? FlatTree.host(node));
      return element === null || Readable.isInsidePrivate(element);
    });
    return isPrivate ? null : { range, block: Collector.blockOfRange(range, cutHosts) };
  }

  /** Show a button first. @param {{range: Range, block: BlockText}} selected @param {Settings} current */
  #offer(selected, current) {
    const isHere = addresses.isLoopback(current.serverAddress);
    const button = CardElements.chip(isHere ? words("chip") : words("chip_remote", new URL(current.serverAddress).host));
    button.addEventListener("click", (event) => {
      if (event.isTrusted) {
        // a click by keyboard has detail 0, and no pointer position
        this.#check(selected, current, event.detail === 0);
      }
    });
    this.#card.show("chip", [button], { anchor: () => selected.range.getBoundingClientRect() });
  }

  /** @param {{range: Range, block: BlockText}} selected @param {Settings} current @param {boolean} takesFocus */
  async #check({ range, block }, current, takesFocus) {
    this.clear();
    const number = this.#number;
    const anchor = () => range.getBoundingClientRect();
    if (block.text.length > Readable.LONGEST_BLOCK) {
      const limit = Readable.LONGEST_BLOCK.toLocaleString();
      this.#card.show("notice", [CardElements.notice(words("notice_too_much", limit))], { anchor, takesFocus });
      return;
    }
    let hasShownChecking = false;
    const timer = setTimeout(() => {
      if (number === this.#number) {
        hasShownChecking = true;
        this.#card.show("checking", [CardElements.notice(words("notice_checking"))], { anchor, takesFocus });
      }
    }, SelectionCheck.#SHOW_CHECKING_AFTER_MS);
    const answer = await this.#background.check("selection", [block.text]);
    clearTimeout(timer);
    const wasDismissed = hasShownChecking && !this.#card.isOpen;
    if (number !== this.#number || answer === null || wasDismissed) {
      return;
    }
    if (!answer.ok) {
      this.#card.show("failure", [CardFailure.content(answer.failure)], { anchor, takesFocus });
      return;
    }
    const [said] = answer.blocks;
    const statements = StatementVisibility.visible(block, said, vocabulary.LABELS);
    this.#painted = this.#findings.add([{ block, statements }], answer, vocabulary.paintedLabels(current)).flat();
    this.#counted = statements;
    this.#content.show(statements, block, answer, { anchor, takesFocus, purpose: "selection" });
  }
}

Object.assign(globalThis, { SelectionCheck });
