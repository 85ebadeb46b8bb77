/** Asks the background, and notices when there is none any more. */
class Inquiry {
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
   * @returns {Promise<CheckAnswer | null>} null if nobody is left to ask
   */
  async check(purpose, texts) {
    /** @type {Message} */
    const message = { type: "check", purpose, texts };
    const answer = (await this.#send(message)) ?? (await this.#send(message));
    if (messages.isCutOff()) {
      this.#onCutOff();
      return null;
    }
    return answer ?? { ok: false, failure: { kind: "interrupted", address: "", detail: "" } };
  }

  /** Tell the badge. @param {CountReport} report */
  tellCount(report) {
    this.#send({ type: "count", ...report });
  }

  /**
   * Send a reader's word on a verdict.
   *
   * @param {Feedback} feedback
   * @returns {Promise<FeedbackAnswer | null>} null if nobody is left to take it
   */
  async sendFeedback(feedback) {
    const answer = await this.#send({ type: "feedback", feedback });
    return answer ?? null;
  }

  /** The answer, or nothing if there was nobody to give it. @param {Message} message */
  async #send(message) {
    try {
      return await messages.ask(message);
    } catch {
      // there is no extension any more
      return undefined;
    }
  }
}

Object.assign(globalThis, { Inquiry });
