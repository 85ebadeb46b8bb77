/** The card about judged statements: what is said of them, and what the reader can do about it. */
class StatementCard {
  #card;
  #findings;
  #inquiry;

  /** @param {Card} card @param {Findings} findings @param {Inquiry} inquiry */
  constructor(card, findings, inquiry) {
    this.#card = card;
    this.#findings = findings;
    this.#inquiry = inquiry;
  }

  /**
   * @param {Statement[]} statements
   * @param {BlockText} block
   * @param {Verdict} verdict
   * @param {{anchor: () => DOMRect | undefined, takesFocus: boolean}} options
   */
  show(statements, block, { model, address }, options) {
    const weighty = StatementCard.#byWeight(statements);
    const articles = weighty.map((statement) => this.#article(statement, block.text, address));
    const footer = addresses.isLoopback(address)
      ? words("card_footer", model)
      : words("card_footer_remote", model, address);
    const [first] = weighty;
    const nothing = block.isWhole(0, block.text.length) ? "notice_no_statement" : "notice_not_whole";
    const content = articles.length > 0 ? StatementCard.#folded(articles) : [CardElements.notice(words(nothing))];
    this.#card.show("verdict", content, {
      ...options,
      footer,
      announcement: first
        ? words("announcement", words(`label_${first.label}`), block.text.slice(first.start, first.end))
        : words(nothing),
    });
  }

  /** What says most comes first, and else in the order of the text. @param {Statement[]} statements */
  static #byWeight(statements) {
    const weight = (/** @type {Statement} */ { label }) => vocabulary.LABELS.indexOf(label);
    return statements.toSorted((one, other) => weight(one) - weight(other));
  }

  /** The same, but those that say nothing behind one line, if there is another. @param {HTMLElement[]} articles */
  static #folded(articles) {
    const silent = articles.slice(1).filter(({ dataset }) => dataset.label === "no-claim");
    if (silent.length === 0) {
      return articles;
    }
    const spoken = articles.slice(0, articles.length - silent.length);
    const summary = CardElements.element("summary", {}, words("card_no_claims", String(silent.length)));
    return [...spoken, CardElements.element("details", { part: "silent" }, summary, ...silent)];
  }

  /** @param {Statement} statement @param {string} text   of its block @param {string} address */
  #article(statement, text, address) {
    const article = CardContent.statement(statement, text);
    const said = text.slice(statement.start, statement.end);
    const actions = CardActions.row({
      plainText: () => CardContent.plainText(statement, said),
      markdown: () => CardContent.markdown(statement, said),
      dismiss: () => {
        this.#findings.dismiss(said);
        this.#card.close();
      },
      report: () => {
        const form = FeedbackForm.create(statement.label, address, {
          send: (feedback) => this.#inquiry.sendFeedback({ statement: said, label: statement.label, ...feedback }),
          close: () => {
            form.replaceWith(actions);
            actions.querySelector("button")?.focus();
          },
        });
        actions.replaceWith(form);
        form.querySelector("input")?.focus({ preventScroll: true });
        this.#card.reveal(form);
      },
    });
    article.append(actions);
    return article;
  }
}

Object.assign(globalThis, { StatementCard });
