// A text box that shows verdicts as the extension does.

import { post } from "./api.js";
import { CheckedText } from "./checked-text.js";
import { byId } from "./elements.js";
import { counted } from "./numbers.js";
import { statementCard } from "./statement-card.js";
import { showStatus } from "./status.js";
import { LABELS } from "./vocabulary.js";
import { words } from "./words.js";

/** @param {AbortSignal} signal */
export function showCheck(signal) {
  const form = /** @type {HTMLFormElement} */ (byId("check-form"));
  const text = /** @type {HTMLTextAreaElement} */ (byId("text"));
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      check(text.value, signal);
    },
    { signal },
  );
  text.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    },
    { signal },
  );
  byId("clear").addEventListener(
    "click",
    () => {
      text.value = "";
      byId("checked").hidden = true;
      showStatus(byId("check-status"), "");
      text.focus();
    },
    { signal },
  );
  text.focus({ preventScroll: true });
}

/** @param {string} text @param {AbortSignal} signal */
async function check(text, signal) {
  const status = byId("check-status");
  const blocks = paragraphs(text).map((paragraph, index) => ({ id: String(index), text: paragraph }));
  showStatus(status, words("notice_checking"));
  byId("checked").hidden = true;
  try {
    const answer = /** @type {CheckAnswer} */ (await post("/api/v1/check", { blocks }, signal));
    show(blocks, answer, signal);
  } catch (error) {
    if (!signal.aborted) {
      showStatus(status, error);
    }
  }
}

/** @param {string} text */
const paragraphs = (text) =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);

/** @param {{id: string, text: string}[]} blocks @param {CheckAnswer} answer @param {AbortSignal} signal */
function show(blocks, answer, signal) {
  const statements = answer.blocks.flatMap((block) => block.statements);
  showStatus(byId("check-status"), summary(statements));
  byId("checked").hidden = statements.length === 0;
  const checked = new CheckedText(byId("checked-text"), (statement, text) =>
    byId("card").replaceChildren(...statementCard(statement, text, answer, signal)),
  );
  checked.show(blocks.map(({ text }, index) => ({ text, statements: answer.blocks[index].statements })));
  if (byId("checked").getBoundingClientRect().top > innerHeight / 2) {
    byId("check-status").scrollIntoView({ block: "start" });
  }
}

/** @param {Statement[]} statements */
function summary(statements) {
  if (statements.length === 0) {
    return words("checked_none");
  }
  const labels = LABELS.map((label) => [label, statements.filter((statement) => statement.label === label).length])
    .filter(([, count]) => count)
    .map(([label, count]) => words("checked_label", { COUNT: count, LABEL: words(`label_${label}`).toLowerCase() }));
  const LABELS_COUNTED = new Intl.ListFormat("en").format(labels);
  return statements.length === 1
    ? words("checked_one", { LABELS: LABELS_COUNTED })
    : words("checked_many", { COUNT: counted(statements.length), LABELS: LABELS_COUNTED });
}
