/**
 * A language model's explanation below a statement: requested once the card is shown, and dropped when the card closes.
 * Nothing waits for it, and it is only ever inserted as text.
 */
class LanguageModelNote {
  static #MOST_STATEMENTS = 3;

  #background;
  #settings;

  /** @param {BackgroundClient} background @param {() => Settings} settings */
  constructor(background, settings) {
    this.#background = background;
    this.#settings = settings;
  }

  /**
   * Have the statements of a card read, one after the other.
   *
   * @param {{statement: Statement, article: HTMLElement}[]} shown
   * @param {string} text   of their block
   * @param {Purpose} purpose
   * @param {AbortSignal} whileShown   ends with what the card shows
   * @param {(statement: Statement, revised: Statement) => HTMLElement} revise   shows another verdict on a statement
   */
  async read(shown, text, purpose, whileShown, revise) {
    if (!settings.mayJudge(this.#settings(), purpose)) {
      return;
    }
    const withRulings = shown.filter(({ statement }) => statement.evidence.length > 0);
    for (const { statement, article } of withRulings.slice(0, LanguageModelNote.#MOST_STATEMENTS)) {
      const line = CardElements.element("p", { part: "judge", role: "status" }, words("judge_reading"));
      LanguageModelNote.#place(article, line);
      const { start, end } = statement;
      const answer = await this.#background.judge({ purpose, text, start, end }, whileShown);
      if (whileShown.aborted) {
        return;
      }
      line.remove();
      // what the reader is writing is not taken away
      if (answer?.ok && !article.querySelector('[part~="feedback"]')) {
        const now = answer.isChanged ? revise(statement, answer.statement) : article;
        LanguageModelNote.#place(now, ...LanguageModelNote.#content(answer));
      }
    }
  }

  /** Above the buttons. @param {HTMLElement} article @param {HTMLElement[]} lines */
  static #place(article, ...lines) {
    const buttons = article.querySelector(':scope > [part~="actions"], :scope > [part~="feedback"]');
    lines.forEach((line) => article.insertBefore(line, buttons));
  }

  /** @param {Extract<JudgeAnswer, {ok: true}>} answer */
  static #content({ judge, explanation, isChanged }) {
    const name = judge.isHere ? words("judge_here", judge.model) : words("judge_elsewhere", judge.model, judge.address);
    const lines = [
      ...(explanation ? [CardElements.element("span", { part: "judge-words", dir: "auto" }, explanation)] : []),
      ...(isChanged ? [CardElements.element("span", { part: "judge-change" }, words(`judge_${judge.policy}`))] : []),
    ];
    return lines.length === 0
      ? []
      : [CardElements.element("p", { part: "judge" }, CardElements.element("span", { part: "judge-name" }, name), ...lines)];
  }
}

Object.assign(globalThis, { LanguageModelNote });
