import "../shared/browser.js";
import { askFrame } from "../shared/content-scripts.js";

const PDF = /^[^?#]*\.pdf(?:[?#]|$)/i;

/**
 * What the active tab shows: a page that can be read, or why there is none.
 *
 * @typedef {{tabId: number, page: Page} | {closed: "pdf" | "browser"}} ActivePage
 */

/**
 * Find out what the active tab shows.
 *
 * @param {(active: ActivePage) => void} show   called with the answer, and before it with what it seems to be if it is late
 */
export async function findPage(show) {
  const [tab] = await webext.tabs.query({ active: true, currentWindow: true });
  const tabId = tab?.id ?? -1;
  const showClosed = () => show({ closed: PDF.test(tab?.url ?? "") ? "pdf" : "browser" });
  /** @type {Page | undefined} */
  const page = await askFrame(tabId, 0, { type: "page-state" }, showClosed).catch(() => undefined);
  if (page) {
    show(page.kind === "pdf" ? { closed: "pdf" } : { tabId, page });
  } else {
    showClosed();
  }
}
