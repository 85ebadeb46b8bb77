/** The card's content after a failure, with what the reader can do about it. */
const CardFailure = (() => {
  // the files of the content scripts arrive in any order
  /** @type {typeof CardElements.element} */
  const element = (...parts) => CardElements.element(...parts);
  /** @type {FailureKind[]} */
  const HELPED_BY_START = ["unreachable", "timeout", "bad-status", "bad-answer"];
  /** @type {FailureKind[]} */
  const HELPED_BY_OPTIONS = ["no-token", "not-allowed"];

  return {
    /** @param {Failure} failure */
    content({ kind, address, detail }) {
      const command = addresses.startCommand(address);
      const help = element("p", { part: "help" }, `${words("failure_help")} `, element("code", {}, command));
      const options = CardElements.button("options", words("popup_options"), () => messages.ask({ type: "open-options" }));
      return element(
        "div",
        { part: "failure", "data-kind": kind },
        element("p", { part: "message" }, words(`failure_${kind}`, address)),
        ...(detail ? [element("p", { part: "detail" }, detail)] : []),
        ...(HELPED_BY_START.includes(kind) && command ? [help] : []),
        ...(HELPED_BY_OPTIONS.includes(kind) ? [options] : []),
      );
    },
  };
})();

Object.assign(globalThis, { CardFailure });
