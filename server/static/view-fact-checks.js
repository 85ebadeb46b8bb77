// The index of fact-checks.

import { get } from "./api.js";
import { byId, element } from "./elements.js";
import { counted } from "./numbers.js";
import { showStatus } from "./status.js";
import { words } from "./words.js";

/** @param {AbortSignal} signal */
export async function showFactChecks(signal) {
  const { count, newest, publishers } = /** @type {FactCheckIndex} */ (await get("/api/v1/fact-checks", signal));
  const isEmpty = count === 0;
  const NEWEST = newest ?? words("no_value");
  const sentence = isEmpty ? words("fact_checks_none") : words("fact_checks_count", { COUNT: counted(count), NEWEST });
  byId("publishers").hidden = isEmpty;
  showStatus(byId("fact-checks-status"), sentence);
  const search = /** @type {HTMLInputElement} */ (byId("publisher-search"));
  const show = () => {
    const asked = search.value.trim().toLowerCase();
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
  search.addEventListener("input", show, { signal });
  show();
}
