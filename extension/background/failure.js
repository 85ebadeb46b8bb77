// What can go wrong between us and the server, each with its own text in _locales.

/** A request to the server failed. */
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
