// The language model that explains verdicts. One on the server's machine is used at once; any other needs permission.

import "../shared/browser.js";
import "../shared/messages.js";
import "../shared/settings.js";
import "../shared/translations.js";
import { byId } from "../shared/extension-page.js";
import { save } from "./save.js";

const selections = /** @type {HTMLInputElement} */ (byId("judge-selections"));
const pages = /** @type {HTMLInputElement} */ (byId("judge-pages"));

/** The address that waits for the reader's permission. */
let wanted = "";

/** @param {Settings} current */
export function showJudge(current) {
  selections.checked = current.judgeSelections;
  pages.checked = current.judgePages;
  pages.disabled = !current.judgeSelections;
}

/** Show which language model the server asks. @returns {Promise<JudgeState | null>} */
export async function showJudgeState() {
  /** @type {JudgeState | null} */
  const state = (await messages.ask({ type: "judge-state" })) ?? null;
  byId("judge-state").textContent = state
    ? [words(`options_judge_${state.policy}`, state.model, state.address), state.isThere ? "" : words("options_judge_silent")]
        .join(" ")
        .trim()
    : words("options_judge_none");
  return state;
}

/** @param {string} address   empty to ask for nothing */
function askFor(address) {
  wanted = address;
  byId("judge-permission").hidden = address === "";
  byId("judge-permission-words").textContent = address && words("options_judge_permission", address);
}

selections.addEventListener("change", async () => {
  if (!selections.checked) {
    askFor("");
    await save({ judgeSelections: false, judgePages: false, allowedJudge: "" });
    return;
  }
  const state = await showJudgeState();
  if (state && !state.isHere) {
    selections.checked = false;
    askFor(state.address);
  } else {
    await save({ judgeSelections: true, allowedJudge: "" });
  }
});

pages.addEventListener("change", () => save({ judgePages: pages.checked }));

byId("judge-permission-allow").addEventListener("click", async () => {
  await save({ judgeSelections: true, allowedJudge: wanted });
  askFor("");
});

byId("judge-permission-cancel").addEventListener("click", () => askFor(""));
