// What a reader can do about a verdict.

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
      // pages without TLS have no such thing, and a page's policy may forbid it
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
    // without a selection Chromium copies only where somebody says that it can
    const onBeforeCopy = (/** @type {Event} */ event) => event.preventDefault();
    addEventListener("copy", onCopy, { capture: true });
    addEventListener("beforecopy", onBeforeCopy, { capture: true });
    document.execCommand("copy");
    removeEventListener("copy", onCopy, { capture: true });
    removeEventListener("beforecopy", onBeforeCopy, { capture: true });
    return isDone;
  }

  return {
    copy,

    /** @param {{report: () => void, copy: () => Promise<boolean>, dismiss: () => void}} does */
    row({ report, copy: doCopy, dismiss }) {
      const status = CardElements.element("span", { part: "status", role: "status" });
      const copying = CardElements.button("copy", words("action_copy"), async () => {
        status.textContent = words((await doCopy()) ? "action_copied" : "action_not_copied");
      });
      return CardElements.element(
        "div",
        { part: "actions" },
        CardElements.button("report", words("action_report"), report),
        copying,
        CardElements.button("dismiss", words("action_dismiss"), dismiss),
        status,
      );
    },
  };
})();

Object.assign(globalThis, { CardActions });
