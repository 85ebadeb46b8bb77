import { Failure } from "./api.js";
import { words } from "./words.js";

/**
 * Tell the reader how something went, in an element that screen readers announce.
 *
 * @param {HTMLElement} status
 * @param {unknown} news   words, or what was thrown
 */
export function showStatus(status, news) {
  status.classList.toggle("is-failure", news instanceof Error);
  status.setAttribute("data-code", news instanceof Failure ? news.code : "");
  status.textContent =
    news instanceof Failure
      ? words("failure", { MESSAGE: news.message, HINT: news.hint })
      : news instanceof Error
        ? news.message
        : String(news);
}
