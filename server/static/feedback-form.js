import { post } from "./api.js";
import { element } from "./elements.js";
import { showStatus } from "./status.js";
import { CORRECTIONS } from "./vocabulary.js";
import { words } from "./words.js";

const OTHER_CLAIM = "other-claim";

/**
 * Where a reader disagrees with a verdict; folded up until asked for.
 *
 * @param {Statement} statement
 * @param {string} said   its words
 * @param {CheckAnswer} answer   that it is part of
 */
export function feedbackForm({ label, evidence }, said, { model, fact_checks }) {
  const factChecks = CardEvidence.shown(evidence).filter(({ url }) => URL.parse(url)?.protocol.startsWith("http"));
  const which = element("label", { hidden: "" }, words("feedback_which"), chooser(factChecks));
  const form = element(
    "form",
    { class: "feedback-form" },
    element(
      "fieldset",
      {},
      element("legend", {}, words("correction_question")),
      element("div", { class: "choices" }, ...possible(factChecks).map(choice)),
    ),
    which,
    element("label", {}, words("feedback_comment"), element("textarea", { name: "comment", rows: "2" })),
    element("label", {}, words("feedback_source_url"), element("input", { name: "source_url", type: "url" })),
    element("p", { class: "hint" }, words("feedback_privacy")),
    element("div", { class: "row" }, element("button", {}, words("feedback_keep"))),
  );
  const status = element("p", { role: "status", class: "feedback-status" });
  const folded = element("details", {}, element("summary", {}, words("feedback_summary")), form, status);
  const isAboutFactCheck = () => new FormData(form).get("correction") === OTHER_CLAIM;
  form.addEventListener("change", () => {
    which.hidden = !isAboutFactCheck();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { "fact-check": index, ...entered } = filledIn(form);
      const about = isAboutFactCheck() && { fact_check: shownAs(factChecks[Number(index)]) };
      const { id } = await post("/api/v1/feedback", { statement: said, label, model, fact_checks, ...entered, ...about });
      form.remove();
      showStatus(status, words("feedback_kept", { ID: id }));
    } catch (error) {
      showStatus(status, error);
    }
  });
  return folded;
}

/** What can be said: of a fact-check only where one is shown. @param {Evidence[]} factChecks */
const possible = (factChecks) => CORRECTIONS.filter((correction) => correction !== OTHER_CLAIM || factChecks.length > 0);

/** @param {Evidence[]} factChecks */
function chooser(factChecks) {
  const options = factChecks.map((one, index) => element("option", { value: String(index) }, CardEvidence.named(one)));
  return element("select", { name: "fact-check" }, ...options);
}

/** @param {Evidence} evidence */
const shownAs = ({ url, claim, title }) => ({ url, title: claim || title });

/** @param {string} correction */
function choice(correction) {
  const input = element("input", { type: "radio", name: "correction", value: correction, required: "" });
  return element("label", {}, input, words(`correction_${correction}`));
}

/** What was filled in; a field that was left empty is left out. @param {HTMLFormElement} form @returns {Record<string, FormDataEntryValue>} */
const filledIn = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
