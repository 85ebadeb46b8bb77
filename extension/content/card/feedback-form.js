/** The form behind "This is wrong": the reader's correction, sent to the server and nowhere else. */
const FeedbackForm = (() => {
  const LONGEST_COMMENT = 2000;
  const LONGEST_URL = 2000;

  const OTHER_CLAIM = "other-claim";

  /** @param {string} label @param {boolean} hasFactChecks */
  function choices(label, hasFactChecks) {
    const possible = vocabulary.CORRECTIONS.filter((one) => one !== label && (one !== OTHER_CLAIM || hasFactChecks));
    return possible.map((correction) => {
      const input = CardElements.element("input", { type: "radio", name: "correction", value: correction, required: "" });
      return CardElements.element("label", { part: "choice" }, input, words(`correction_${correction}`));
    });
  }

  /** Which fact-check is about something else: those with an address, by which they are known. @param {Evidence[]} factChecks */
  function chooser(factChecks) {
    const options = factChecks.map((one, index) =>
      CardElements.element("option", { value: String(index) }, CardEvidence.named(one)),
    );
    return CardElements.element("select", { name: "fact-check" }, ...options);
  }

  return {
    /**
     * @param {Statement} statement   that was shown
     * @param {string} address   of the server
     * @param {object} does
     * @param {(feedback: Pick<Feedback, "correction" | "comment" | "source_url" | "fact_check">) => Promise<FeedbackAnswer | null>} does.send
     * @param {() => void} does.close
     */
    create({ label, evidence }, address, { send, close }) {
      const factChecks = CardEvidence.shown(evidence).filter(({ url }) => URL.parse(url)?.protocol.startsWith("http"));
      const comment = CardElements.element("textarea", { rows: "2", maxlength: String(LONGEST_COMMENT) });
      const withPage = CardElements.element("input", { type: "checkbox" });
      const status = CardElements.element("p", { part: "status", role: "status" });
      const isWebPage = location.protocol.startsWith("http");
      const sending = CardElements.element("button", { type: "submit", part: "action", "data-action": "send" }, words("feedback_send"));
      const which = CardElements.element("label", { part: "field", hidden: "" }, words("feedback_which"), chooser(factChecks));
      const form = CardElements.element(
        "form",
        { part: "feedback" },
        CardElements.element(
          "fieldset",
          {},
          CardElements.element("legend", {}, words("feedback_legend")),
          ...choices(label, factChecks.length > 0),
        ),
        which,
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
      const entered = () => new FormData(/** @type {HTMLFormElement} */ (form));
      form.addEventListener("change", () => {
        which.hidden = entered().get("correction") !== OTHER_CLAIM;
      });
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
        const correction = String(entered().get("correction"));
        const { url, ...about } = factChecks[Number(entered().get("fact-check"))] ?? {};
        const answer = await send({
          correction,
          ...(correction === OTHER_CLAIM && { fact_check: { url, title: about.claim || about.title } }),
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
