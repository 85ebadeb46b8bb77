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
    const articles = statements.map((statement) => this.#article(statement, block.text, address));
    const footer = addresses.isLoopback(address)
      ? words("card_footer", model)
      : words("card_footer_remote", model, address);
    const [first] = statements;
    this.#card.show("verdict", articles.length > 0 ? articles : [CardElements.notice(words("notice_no_statement"))], {
      ...options,
      footer,
      announcement: first
        ? words("announcement", words(`label_${first.label}`), block.text.slice(first.start, first.end))
        : words("notice_no_statement"),
    });
  }

  /** @param {Statement} statement @param {string} text   of its block @param {string} address */
  #article(statement, text, address) {
    const article = CardContent.statement(statement, text);
    const said = text.slice(statement.start, statement.end);
    const actions = CardActions.row({
      copy: () => CardActions.copy(CardContent.plainText(statement, said)),
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
