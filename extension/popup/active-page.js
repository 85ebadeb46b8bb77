import "../shared/browser.js";
import { tellFrame } from "../shared/content-scripts.js";

const PDF = /^[^?#]*\.pdf(?:[?#]|$)/i;

/**
 * What the active tab shows: a page that can be read, or why there is none.
 *
 * @typedef {{tabId: number, page: Page} | {closed: "pdf" | "browser"}} ActivePage
 */

/** @returns {Promise<ActivePage>} */
export async function findPage() {
  const [tab] = await webext.tabs.query({ active: true, currentWindow: true });
  try {
    /** @type {Page} */
    const page = await tellFrame(tab?.id ?? -1, 0, { type: "site" });
    return page.kind === "pdf" ? { closed: "pdf" } : { tabId: tab.id ?? -1, page };
  } catch {
    return { closed: PDF.test(tab?.url ?? "") ? "pdf" : "browser" };
  }
}
