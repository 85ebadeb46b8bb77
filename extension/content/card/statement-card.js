/** The card about judged statements: what is said of them, and what the reader can do about it. */
class StatementCard {
  static #MOST_WEIGHED = 3;

  #card;
  #findings;
  #background;
  #settings;
  #secondReader;

  /** @param {Card} card @param {Findings} findings @param {BackgroundClient} background @param {() => Settings} settings */
  constructor(card, findings, background, settings) {
    this.#secondReader = new LanguageModelNote(background, settings);
    this.#card = card;
    this.#findings = findings;
    this.#background = background;
    this.#settings = settings;
  }

  /**
   * @param {Statement[]} statements
   * @param {BlockText} block
   * @param {Verdict} verdict
   * @param {{anchor: () => DOMRect | undefined, takesFocus: boolean, purpose: Purpose}} options
   */
  show(statements, block, verdict, options) {
    const { model, address } = verdict;
    const weighty = StatementCard.#byWeight(statements);
    const articles = weighty.map((statement) => this.#article(statement, block.text, verdict));
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
    const shown = weighty.map((statement, index) => ({ statement, article: articles[index] }));
    void this.#underline(shown, block.text);
    void this.#secondReader.read(shown, block.text, options.purpose, this.#card.whileShown, (statement, revised) => {
      const article = shown.find((one) => one.statement === statement)?.article;
      this.#findings.revise(statement, revised, vocabulary.paintedLabels(this.#settings()));
      const now = this.#article(statement, block.text, verdict);
      article?.replaceWith(now);
      this.#card.place();
      return now;
    });
  }

  /**
   * Underline the words that counted where the check did not name them, one statement after the other.
   *
   * @param {{statement: Statement, article: HTMLElement}[]} shown
   * @param {string} text   of their block
   */
  async #underline(shown, text) {
    const { whileShown } = this.#card;
    const lacking = shown.filter(({ statement }) => CardContent.lacksInfluence(statement));
    for (const { statement, article } of lacking.slice(0, StatementCard.#MOST_WEIGHED)) {
      const { start, end } = statement;
      const influence = await this.#background.weighWords({ text, start, end }, whileShown);
      if (whileShown.aborted) {
        return;
      }
      CardContent.underline(article, statement, influence ?? [], text);
      this.#card.place();
    }
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

  /** @param {Statement} statement @param {string} text   of its block @param {Verdict} verdict */
  #article(statement, text, { model, address, factChecks }) {
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
        const source = { model, ...(factChecks && { fact_checks: factChecks }) };
        const form = FeedbackForm.create(statement, address, {
          send: (feedback) => this.#background.sendFeedback({ statement: said, label: statement.label, ...source, ...feedback }),
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
    const ways = CardLookUp.ways(statement.label, said, {
      search: () => this.#background.searchFactChecks(said),
      offersExplorer: this.#settings().offerExplorer,
    });
    article.append(...ways, actions);
    return article;
  }
}

Object.assign(globalThis, { StatementCard });
