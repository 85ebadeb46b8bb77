// The number of findings on the toolbar button.

import "../shared/browser.js";

const COLOUR = "#5f6368";

/** Reports of one tab's frames are added up one after the other. @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * A frame tells what it found.
 *
 * @param {FindingsReport} report
 * @param {Sender} sender
 */
export async function showCount(report, { tab, frameId }) {
  const tabId = tab?.id;
  if (tabId !== undefined) {
    // a tab that was closed meanwhile has no badge
    queue = queue.then(() => count(tabId, frameId ?? 0, report)).catch(() => undefined);
    await queue;
  }
  return true;
}

/** @param {number} tabId @param {number} frameId @param {FindingsReport} report */
async function count(tabId, frameId, { first, findings }) {
  const key = `counts:${tabId}`;
  const stored = (await webext.storage.session.get(key))[key];
  // the frames of an earlier page are gone when a page reports for the first time
  const earlier = first && frameId === 0 ? {} : stored;
  const counts = { .../** @type {Record<string, number>} */ (earlier), [frameId]: findings.length };
  await webext.storage.session.set({ [key]: counts });
  const sum = Object.values(counts).reduce((total, number) => total + number, 0);
  await webext.action.setBadgeBackgroundColor({ tabId, color: COLOUR });
  await webext.action.setBadgeText({ tabId, text: sum > 0 ? String(sum) : "" });
}

/** @param {number} tabId */
export async function forgetCount(tabId) {
  await webext.storage.session.remove(`counts:${tabId}`);
}
