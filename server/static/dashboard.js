// The frame: which view is shown, and whether the server answers.

import { get } from "./api.js";
import { byId } from "./elements.js";
import { showStatus } from "./status.js";
import { showCheck } from "./view-check.js";
import { showFactChecks } from "./view-fact-checks.js";
import { showFeedback } from "./view-feedback.js";
import { showHistory } from "./view-history.js";
import { showModel } from "./view-model.js";
import { showServer } from "./view-server.js";
import { words } from "./words.js";

/** What fills each view; the signal ends when the reader leaves it. @type {Record<string, (signal: AbortSignal) => unknown>} */
const VIEWS = {
  check: showCheck,
  feedback: showFeedback,
  history: showHistory,
  model: showModel,
  "fact-checks": showFactChecks,
  server: showServer,
};
const FIRST = "check";

let whileShown = new AbortController();

/** @param {boolean} takesFocus */
async function showView(takesFocus) {
  whileShown.abort();
  whileShown = new AbortController();
  const { signal } = whileShown;
  // behind the "?" stands what a view is asked for
  const [asked] = location.hash.slice(1).split("?");
  const name = Object.hasOwn(VIEWS, asked) ? asked : FIRST;
  for (const other of Object.keys(VIEWS)) {
    byId(`view-${other}`).hidden = other !== name;
  }
  for (const link of document.querySelectorAll("nav a")) {
    const isCurrent = link.getAttribute("href") === `#${name}`;
    link.toggleAttribute("aria-current", isCurrent);
    if (isCurrent) {
      link.setAttribute("aria-current", "page");
      document.title = words("title", { VIEW: link.textContent ?? "" });
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  if (takesFocus) {
    byId(`heading-${name}`).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  const status = byId(`${name}-status`);
  showStatus(status, "");
  try {
    await VIEWS[name](signal);
  } catch (error) {
    if (!signal.aborted) {
      showStatus(status, error);
    }
  }
}

async function showHealth() {
  const pill = byId("server-pill");
  try {
    const { model } = /** @type {Health} */ (await get("/api/v1/health"));
    byId("server-words").textContent = words("server_ready", { MODEL: model });
    pill.dataset.state = "ready";
  } catch {
    byId("server-words").textContent = words("server_silent");
    pill.dataset.state = "silent";
  }
}

byId("skip").addEventListener("click", () => byId("main").focus());
addEventListener("hashchange", () => {
  showView(true);
  showHealth();
});
addEventListener("focus", showHealth);
showView(false);
showHealth();
