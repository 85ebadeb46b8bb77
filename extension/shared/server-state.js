import "./addresses.js";
import "./translations.js";
import "./messages.js";
import { byId } from "./extension-page.js";

/** Failures that starting a server does not fix. */
const HELPED_BY_OPTIONS = ["no-token", "not-allowed"];
const UPDATE_COMMAND = "python -m fake_news factchecks update";
/** Days after which the popup recommends an update of the fact-checks. */
const OLD_AFTER = 60;
const DAY = 86_400_000;

/** Show whether the server answers, and what to do if it does not. */
export async function showServer() {
  /** @type {ServerState | undefined} */
  const state = await messages.ask({ type: "server-state" });
  const server = byId("server");
  if (state?.ok) {
    server.replaceChildren(words("popup_server_ready", state.address, state.model), ...ageWarning(state.newest));
    server.dataset.state = "ready";
    return;
  }
  const { kind, address, detail } = state?.failure ?? { kind: "interrupted", address: "", detail: "" };
  server.replaceChildren(
    paragraph(words(`failure_${kind}`, address)),
    ...(detail ? [paragraph(detail, "detail")] : []),
    ...(HELPED_BY_OPTIONS.includes(kind) ? [] : help(address)),
  );
  server.dataset.state = kind;
}

/** How to start a server at an address on this machine. @param {string} address */
function help(address) {
  const command = document.createElement("code");
  command.textContent = addresses.startCommand(address);
  return command.textContent ? [paragraph(words("failure_help")), command] : [];
}

/** A warning that the fact-checks are old, with the command that updates them; empty if they are not. @param {string | null} newest */
function ageWarning(newest) {
  const time = newest ? new Date(`${newest}T12:00:00`) : null;
  if (!time || Date.now() - time.valueOf() < OLD_AFTER * DAY) {
    return [];
  }
  const command = document.createElement("code");
  command.textContent = UPDATE_COMMAND;
  const day = time.toLocaleDateString(uiLanguage(), { dateStyle: "medium" });
  return [paragraph(words("popup_fact_checks_old", day)), command];
}

/** @param {string} text @param {string} [className] */
function paragraph(text, className = "") {
  const element = document.createElement("p");
  element.className = className;
  element.textContent = text;
  return element;
}
