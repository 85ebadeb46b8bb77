// The number of findings on the toolbar button.

import "../shared/browser.js";
import "../shared/translations.js";

const COLOUR = "#5f6368";
const CANNOT = "!";

/** Reports of one tab's frames are added up one after the other. @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * Add a frame's count to the badge of its tab.
 *
 * @param {CountReport} report
 * @param {Sender} sender
 */
export async function showCount(report, { tab, frameId }) {
  const tabId = tab?.id;
  if (tabId !== undefined) {
    // a tab that was closed meanwhile has no badge
    queue = queue.then(() => add(tabId, frameId ?? 0, report)).catch(() => undefined);
    await queue;
  }
  return true;
}

/** @param {number} tabId @param {number} frameId @param {CountReport} report */
async function add(tabId, frameId, { first, count: found }) {
  const key = `counts:${tabId}`;
  const stored = (await webext.storage.session.get(key))[key];
  // the frames of an earlier page are gone when a page reports for the first time
  const earlier = first && frameId === 0 ? {} : stored;
  const counts = { .../** @type {Record<string, number>} */ (earlier), [frameId]: found };
  await webext.storage.session.set({ [key]: counts });
  const sum = Object.values(counts).reduce((total, number) => total + number, 0);
  await webext.action.setBadgeBackgroundColor({ tabId, color: COLOUR });
  await webext.action.setBadgeText({ tabId, text: sum > 0 ? String(sum) : "" });
}

/** @param {number} tabId */
export async function forgetCount(tabId) {
  await webext.storage.session.remove(`counts:${tabId}`);
}

/**
 * Do something in the page of a tab; if the browser keeps extensions out of that page, say so on the toolbar button.
 *
 * @param {number} tabId
 * @param {(onDoubt: () => void) => Promise<unknown>} work   rejects where no extension is let in
 */
export async function reportIfClosed(tabId, work) {
  /** @type {Promise<void> | undefined} */
  let closing;
  try {
    await work(() => {
      closing = showClosed(tabId);
    });
  } catch {
    await showClosed(tabId);
    return;
  }
  if (closing) {
    await closing;
    await showOpen(tabId);
  }
}

/** Show that the page is closed to extensions; the browser resets the badge with the page. @param {number} tabId */
async function showClosed(tabId) {
  await webext.action.setBadgeBackgroundColor({ tabId, color: COLOUR });
  await webext.action.setBadgeText({ tabId, text: CANNOT });
  await webext.action.setTitle({ tabId, title: words("popup_page_closed") });
}

/** Clear the sign that a page is closed. @param {number} tabId */
async function showOpen(tabId) {
  if ((await webext.action.getBadgeText({ tabId })) === CANNOT) {
    await webext.action.setBadgeText({ tabId, text: "" });
  }
  await webext.action.setTitle({ tabId, title: webext.runtime.getManifest().action?.default_title ?? "" });
}
