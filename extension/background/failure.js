// What can go wrong between us and the server, each with words of its own in _locales.

/** The server gave no verdicts. */
export class ServerFailure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {string} [detail]   what the server said of it
   */
  constructor(kind, detail = "") {
    super(`${kind} ${detail}`.trim());
    this.kind = kind;
    this.detail = detail;
  }
}
