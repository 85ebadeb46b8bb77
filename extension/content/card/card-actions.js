// The buttons below a verdict: report, copy, dismiss.

const CardActions = (() => {
  /**
   * Put a text on the clipboard.
   *
   * @param {string} text
   * @returns {Promise<boolean>} whether it is there
   */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // pages without TLS have no clipboard, and a page's policy may forbid it
      return copyByEvent(text);
    }
  }

  /** @param {string} text */
  function copyByEvent(text) {
    let isDone = false;
    /** @param {ClipboardEvent} event */
    const onCopy = (event) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      isDone = true;
    };
    // without a selection Chromium copies only if a `beforecopy` handler allows it
    const onBeforeCopy = (/** @type {Event} */ event) => event.preventDefault();
    addEventListener("copy", onCopy, { capture: true });
    addEventListener("beforecopy", onBeforeCopy, { capture: true });
    document.execCommand("copy");
    removeEventListener("copy", onCopy, { capture: true });
    removeEventListener("beforecopy", onBeforeCopy, { capture: true });
    return isDone;
  }

  return {
    /**
     * @param {object} does
     * @param {() => void} does.report
     * @param {() => string} does.plainText   what is copied
     * @param {() => string} does.markdown
     * @param {() => void} does.dismiss
     */
    row({ report, plainText, markdown, dismiss }) {
      const status = CardElements.element("span", { part: "status", role: "status" });
      const copying = (/** @type {string} */ action, /** @type {() => string} */ text) =>
        CardElements.button(action, words(`action_${action}`), async () => {
          status.textContent = words((await copy(text())) ? "action_copied" : "action_not_copied");
        });
      return CardElements.element(
        "div",
        { part: "actions" },
        CardElements.button("report", words("action_report"), report),
        copying("copy", plainText),
        copying("copy-markdown", markdown),
        CardElements.button("dismiss", words("action_dismiss"), dismiss),
        status,
      );
    },
  };
})();

Object.assign(globalThis, { CardActions });
