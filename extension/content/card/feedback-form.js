/** "This is wrong": what the reader says instead, sent to the server and nowhere else. */
const FeedbackForm = (() => {
  const LONGEST_COMMENT = 2000;
  const LONGEST_URL = 2000;

  /** @param {string} label */
  function choices(label) {
    return vocabulary.CORRECTIONS.filter((correction) => correction !== label).map((correction) => {
      const input = CardElements.element("input", { type: "radio", name: "correction", value: correction, required: "" });
      return CardElements.element("label", { part: "choice" }, input, words(`correction_${correction}`));
    });
  }

  return {
    /**
     * @param {string} label   that was shown
     * @param {string} address   of the server
     * @param {object} does
     * @param {(feedback: {correction: string, comment?: string, source_url?: string}) => Promise<FeedbackAnswer | null>} does.send
     * @param {() => void} does.close
     */
    create(label, address, { send, close }) {
      const comment = CardElements.element("textarea", { rows: "2", maxlength: String(LONGEST_COMMENT) });
      const withPage = CardElements.element("input", { type: "checkbox" });
      const status = CardElements.element("p", { part: "status", role: "status" });
      const isWebPage = location.protocol.startsWith("http");
      const sending = CardElements.element("button", { type: "submit", part: "action", "data-action": "send" }, words("feedback_send"));
      const form = CardElements.element(
        "form",
        { part: "feedback" },
        CardElements.element("fieldset", {}, CardElements.element("legend", {}, words("feedback_legend")), ...choices(label)),
        CardElements.element("label", { part: "field" }, words("feedback_comment"), comment),
        ...(isWebPage ? [CardElements.element("label", { part: "choice" }, withPage, words("feedback_with_page"))] : []),
        CardElements.element("p", { part: "hint" }, words("feedback_hint", address)),
        CardElements.element(
          "div",
          { part: "actions" },
          sending,
          CardElements.button("cancel", words("feedback_cancel"), close),
        ),
        status,
      );
      // the page's scripts can reach the form; a click of theirs is known by its event, a form that they send is not
      let isReaders = false;
      sending.addEventListener("click", ({ isTrusted }) => {
        isReaders = isTrusted;
      });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (!isReaders) {
          return;
        }
        const note = /** @type {HTMLTextAreaElement} */ (comment).value.trim();
        const answer = await send({
          correction: String(new FormData(/** @type {HTMLFormElement} */ (form)).get("correction")),
          ...(note && { comment: note }),
          ...(/** @type {HTMLInputElement} */ (withPage).checked && { source_url: location.href.slice(0, LONGEST_URL) }),
        });
        if (answer?.ok) {
          form.replaceChildren(CardElements.element("p", { part: "status", role: "status" }, words("feedback_thanks")));
        } else {
          status.textContent = words(`failure_${answer?.failure.kind ?? "interrupted"}`, address);
        }
      });
      return form;
    },
  };
})();

Object.assign(globalThis, { FeedbackForm });
