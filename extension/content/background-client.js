/** Sends requests to the background, and notices when the extension is gone. */
class BackgroundClient {
  #onCutOff;

  /** @param {() => void} onCutOff   called when the extension was reloaded or removed under this page */
  constructor(onCutOff) {
    this.#onCutOff = onCutOff;
  }

  /**
   * Have texts judged.
   *
   * @param {Purpose} purpose
   * @param {string[]} texts
   * @param {(message: Message) => Promise<CheckAnswer | undefined>} [ask]   sends the message
   * @returns {Promise<CheckAnswer | null>} null if the extension is gone
   */
  async check(purpose, texts, ask = messages.ask) {
    /** @type {Message} */
    const message = { type: "check", purpose, texts };
    const answer = (await BackgroundClient.#send(message, ask)) ?? (await BackgroundClient.#send(message, ask));
    if (messages.isCutOff()) {
      this.#onCutOff();
      return null;
    }
    return answer ?? { ok: false, failure: { kind: "interrupted", address: "", detail: "" } };
  }

  /** Tell the badge. @param {CountReport} report */
  reportCount(report) {
    BackgroundClient.#send({ type: "count", ...report });
  }

  /**
   * Send the reader's feedback on a verdict.
   *
   * @param {Feedback} feedback
   * @returns {Promise<FeedbackAnswer | null>} null if the extension is gone
   */
  async sendFeedback(feedback) {
    const answer = await BackgroundClient.#send({ type: "feedback", feedback });
    return answer ?? null;
  }

  /** Show the reader what the server's own page finds on some words. @param {string} asked */
  searchFactChecks(asked) {
    BackgroundClient.#send({ type: "search-fact-checks", words: asked });
  }

  /**
   * Ask how much each word of a statement counted.
   *
   * @param {StatementQuestion} question
   * @param {AbortSignal} whileWanted
   * @returns {Promise<Reason[] | undefined>} undefined if there was no answer
   */
  async weighWords(question, whileWanted) {
    return BackgroundClient.#askWhile({ type: "influence", question }, whileWanted);
  }

  /**
   * Have a language model read a statement.
   *
   * @param {JudgeQuestion} question
   * @param {AbortSignal} whileWanted
   * @returns {Promise<JudgeAnswer | undefined>} undefined if there was no answer
   */
  async judge(question, whileWanted) {
    return BackgroundClient.#askWhile({ type: "judge", question }, whileWanted);
  }

  /**
   * Ask for something that may take a while.
   *
   * @param {Message} message
   * @param {AbortSignal} whileWanted   closes the connection when aborted, so that the background drops the question
   */
  static async #askWhile(message, whileWanted) {
    const connection = messages.openConnection(message.type);
    const close = () => connection.close();
    whileWanted.addEventListener("abort", close);
    try {
      return await BackgroundClient.#send(message, (asked) => connection.ask(asked));
    } finally {
      whileWanted.removeEventListener("abort", close);
      close();
    }
  }

  /** The answer, or undefined if the extension is gone. @param {Message} message @param {Connection["ask"]} [ask] */
  static async #send(message, ask = messages.ask) {
    try {
      return await ask(message);
    } catch {
      // the extension is gone
      return undefined;
    }
  }
}

Object.assign(globalThis, { BackgroundClient });
