// The index of fact-checks.

import { get, post } from "./api.js";
import { byId, element, linkTo } from "./elements.js";
import { counted } from "./numbers.js";
import { showStatus } from "./status.js";
import { words } from "./words.js";

/** Days after which fact-checks say little about what is claimed today. */
const OLD_AFTER = 60;
const DAY = 86_400_000;
const LONGEST_QUESTION = 500;

/** @param {AbortSignal} signal */
export async function showFactChecks(signal) {
  const { count, newest, publishers } = /** @type {FactCheckIndex} */ (await get("/api/v1/fact-checks", signal));
  const isEmpty = count === 0;
  const NEWEST = newest ?? words("no_value");
  const counts = isEmpty ? words("fact_checks_none") : words("fact_checks_count", { COUNT: counted(count), NEWEST });
  const sentence = isOld(newest) ? `${counts} ${words("fact_checks_old")}` : counts;
  byId("publishers").hidden = isEmpty;
  byId("fact-check-search").hidden = isEmpty;
  byId("fact-check-search").addEventListener("submit", (event) => search(event, signal), { signal });
  showStatus(byId("fact-checks-status"), sentence);
  const filter = /** @type {HTMLInputElement} */ (byId("publisher-search"));
  const show = () => {
    const asked = filter.value.trim().toLowerCase();
    const found = publishers.filter(({ publisher }) => publisher.toLowerCase().includes(asked));
    byId("publisher-rows").replaceChildren(
      ...found.map((row) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, row.publisher),
          element("td", { class: "number" }, counted(row.count)),
        ),
      ),
    );
    showStatus(byId("fact-checks-status"), found.length === 0 && !isEmpty ? words("fact_checks_no_match") : sentence);
  };
  filter.addEventListener("input", show, { signal });
  show();
  const asked = new URLSearchParams(location.hash.split("?")[1]).get("words");
  if (asked && !isEmpty) {
    /** @type {HTMLInputElement} */ (byId("fact-check-words")).value = asked;
    /** @type {HTMLFormElement} */ (byId("fact-check-search")).requestSubmit();
  }
}

/** Go to this view and search for some words. @param {string} asked */
export function searchFor(asked) {
  location.hash = `fact-checks?words=${encodeURIComponent(asked.slice(0, LONGEST_QUESTION).toWellFormed())}`;
}

/** @param {string | null | undefined} newest */
function isOld(newest) {
  return Boolean(newest) && Date.now() - new Date(`${newest}T12:00:00`).valueOf() >= OLD_AFTER * DAY;
}

/** @param {Event} event @param {AbortSignal} signal */
async function search(event, signal) {
  event.preventDefault();
  const status = byId("fact-check-found");
  try {
    const asked = { words: /** @type {HTMLInputElement} */ (byId("fact-check-words")).value };
    const answer = await post("/api/v1/fact-checks/search", asked, signal);
    const found = /** @type {{fact_checks: FoundFactCheck[]}} */ (answer).fact_checks;
    const COUNT = counted(found.length);
    showStatus(status, found.length === 0 ? words("fact_checks_none_found") : words("fact_checks_found", { COUNT }));
    byId("fact-check-results").replaceChildren(...found.map(listed));
  } catch (failure) {
    if (!signal.aborted) {
      showStatus(status, /** @type {Error} */ (failure));
    }
  }
}

/** @param {FoundFactCheck} factCheck */
function listed({ publisher, rating, speaker, date, url, title, claim, links_to: linksTo }) {
  const ruling = [publisher, rating || words("fact_check_unrated"), date].filter(Boolean).join(" · ");
  const isSpeakerPage = linksTo === "speaker" && speaker !== "";
  const about = claim || title || (isSpeakerPage ? words("fact_check_speaker", { SPEAKER: speaker }) : ruling);
  const further = [about === ruling ? "" : ruling, isSpeakerPage ? "" : speaker].filter(Boolean).join(" · ");
  return element("li", {}, linkTo(url, about), further && ` (${further})`);
}
