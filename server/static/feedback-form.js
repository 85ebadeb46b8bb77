import { post } from "./api.js";
import { element } from "./elements.js";
import { showStatus } from "./status.js";
import { CORRECTIONS } from "./vocabulary.js";
import { words } from "./words.js";

/**
 * Where a reader disagrees with a verdict; folded up until asked for.
 *
 * @param {string} statement
 * @param {string} label   the one that was shown
 */
export function feedbackForm(statement, label) {
  const form = element(
    "form",
    { class: "feedback-form" },
    element(
      "fieldset",
      {},
      element("legend", {}, words("correction_question")),
      element("div", { class: "choices" }, ...CORRECTIONS.map(choice)),
    ),
    element("label", {}, words("feedback_comment"), element("textarea", { name: "comment", rows: "2" })),
    element("label", {}, words("feedback_source_url"), element("input", { name: "source_url", type: "url" })),
    element("p", { class: "hint" }, words("feedback_privacy")),
    element("div", { class: "row" }, element("button", {}, words("feedback_keep"))),
  );
  const status = element("p", { role: "status", class: "feedback-status" });
  const folded = element("details", {}, element("summary", {}, words("feedback_summary")), form, status);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { id } = await post("/api/v1/feedback", { statement, label, ...filledIn(form) });
      form.remove();
      showStatus(status, words("feedback_kept", { ID: id }));
    } catch (error) {
      showStatus(status, error);
    }
  });
  return folded;
}

/** @param {string} correction */
function choice(correction) {
  const input = element("input", { type: "radio", name: "correction", value: correction, required: "" });
  return element("label", {}, input, words(`correction_${correction}`));
}

/** What was filled in; a field that was left empty is left out. @param {HTMLFormElement} form */
const filledIn = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
