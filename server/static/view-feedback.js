// The reader's feedback: listed, exported, deleted.

import { ask, get, remove } from "./api.js";
import { byId, element, linkTo } from "./elements.js";
import { counted, momentOf } from "./numbers.js";
import { showStatus } from "./status.js";
import { words } from "./words.js";

const PAGE = 25;
const FEEDBACK = "/api/v1/feedback";

/** @param {AbortSignal} signal */
export async function showFeedback(signal) {
  const list = new FeedbackList(signal);
  /** @param {string} id @param {() => Promise<void>} action */
  const onClick = (id, action) => byId(id).addEventListener("click", () => list.attempt(action), { signal });
  onClick("feedback-newer", () => list.show(list.offset - PAGE));
  onClick("feedback-older", () => list.show(list.offset + PAGE));
  onClick("delete-all", () => list.deleteAll());
  onClick("export-csv", () => download("csv", signal));
  onClick("export-json", () => download("json", signal));
  await list.show(0);
}

/** One page of the feedback, the latest first. */
class FeedbackList {
  offset = 0;
  #total = 0;
  #signal;

  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.#signal = signal;
  }

  /** Do something, and tell if it fails. @param {() => Promise<void>} action */
  async attempt(action) {
    try {
      await action();
    } catch (error) {
      if (!this.#signal.aborted) {
        showStatus(byId("feedback-status"), error);
      }
    }
  }

  /** @param {number} offset */
  async show(offset) {
    const address = `${FEEDBACK}?limit=${PAGE}&offset=${offset}`;
    const { feedback, total } = /** @type {FeedbackPage} */ (await get(address, this.#signal));
    this.offset = offset;
    this.#total = total;
    byId("feedback-rows").replaceChildren(...feedback.map((record) => this.#row(record)));
    byId("feedback-table").hidden = total === 0;
    byId("feedback-none").hidden = total > 0;
    for (const id of ["export-csv", "export-json", "delete-all"]) {
      /** @type {HTMLButtonElement} */ (byId(id)).disabled = total === 0;
    }
    this.#showPlace(feedback.length);
    await showOutcomes(this.#signal);
  }

  async deleteAll() {
    const question = words("feedback_delete_all_question", { COUNT: counted(this.#total) });
    if (await confirmed(question, this.#signal)) {
      await remove(FEEDBACK);
      await this.show(0);
      showStatus(byId("feedback-status"), words("feedback_deleted"));
    }
  }

  /** @param {number} shown */
  #showPlace(shown) {
    byId("feedback-pages").hidden = this.#total <= PAGE;
    const place = { FROM: this.offset + 1, TO: this.offset + shown, TOTAL: counted(this.#total) };
    byId("feedback-shown").textContent = words("feedback_shown", place);
    /** @type {HTMLButtonElement} */ (byId("feedback-newer")).disabled = this.offset === 0;
    /** @type {HTMLButtonElement} */ (byId("feedback-older")).disabled = this.offset + shown >= this.#total;
  }

  /** @param {Feedback} record */
  #row({ id, created, statement, label, correction, comment, source_url, fact_check, model }) {
    const name = words("feedback_delete_name", { STATEMENT: statement });
    const button = element("button", { type: "button", "aria-label": name }, words("feedback_delete"));
    button.addEventListener("click", () => this.attempt(() => this.#deleteOne(id)));
    const said = element("span", { class: "label", "data-label": label }, words(`label_${label}`));
    return element(
      "tr",
      { "data-feedback": String(id) },
      element("td", {}, element("time", { datetime: created }, momentOf(created))),
      element(
        "td",
        {},
        statement,
        ...(comment ? [element("p", { class: "comment" }, comment)] : []),
        ...(source_url ? [element("p", { class: "comment" }, linkTo(source_url, words("feedback_source")))] : []),
        ...(fact_check ? [element("p", { class: "comment" }, linkTo(fact_check.url, fact_check.title || fact_check.url))] : []),
        element("p", { class: "comment" }, words("feedback_by_model", { MODEL: model ?? words("feedback_unknown_model") })),
      ),
      element("td", { "data-head": words("feedback_plumbline_said") }, said),
      element("td", { "data-head": words("feedback_you_said") }, words(`correction_${correction}`)),
      element("td", {}, button),
    );
  }

  /** @param {number} id */
  async #deleteOne(id) {
    if (await confirmed(words("feedback_delete_one_question"), this.#signal)) {
      await remove(`${FEEDBACK}/${id}`);
      const wasLastOfPage = byId("feedback-rows").childElementCount === 1;
      await this.show(wasLastOfPage ? Math.max(0, this.offset - PAGE) : this.offset);
      showStatus(byId("feedback-status"), words("feedback_deleted"));
    }
  }
}

/** What was said of each model's verdicts, so that two can be compared. @param {AbortSignal} signal */
async function showOutcomes(signal) {
  const { models } = /** @type {{models: ModelOutcomes[]}} */ (await get(`${FEEDBACK}/outcomes`, signal));
  byId("outcomes").hidden = models.length === 0;
  byId("outcome-rows").replaceChildren(...models.flatMap(outcomeRows));
}

/** @param {ModelOutcomes} of */
function outcomeRows({ model, fact_checks, total, outcomes }) {
  const name = model ?? words("feedback_unknown_model");
  const known = fact_checks
    ? words("feedback_fact_checks", { COUNT: counted(fact_checks.count), NEWEST: fact_checks.newest ?? words("no_value") })
    : words("no_value");
  return outcomes
    .toSorted((one, other) => other.count - one.count)
    .map(({ label, correction, count }) =>
      element(
        "tr",
        { "data-model": model ?? "" },
        element("th", { scope: "row" }, name),
        element("td", {}, known),
        element("td", {}, element("span", { class: "label", "data-label": label }, words(`label_${label}`))),
        element("td", {}, words(`correction_${correction}`)),
        element("td", { class: "number" }, words("feedback_outcome", { COUNT: counted(count), TOTAL: counted(total) })),
      ),
    );
}

/** Ask the reader, in a dialog that stands on "keep". @param {string} question @param {AbortSignal} signal */
async function confirmed(question, signal) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("delete-dialog"));
  byId("delete-question").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  const leave = () => dialog.close();
  signal.addEventListener("abort", leave);
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  signal.removeEventListener("abort", leave);
  return dialog.returnValue === "delete";
}

/** @param {"csv" | "json"} format @param {AbortSignal} signal */
async function download(format, signal) {
  const response = await ask(`${FEEDBACK}/export?format=${format}`, { signal });
  const address = URL.createObjectURL(await response.blob());
  element("a", { href: address, download: `plumbline-feedback.${format}` }).click();
  URL.revokeObjectURL(address);
}
