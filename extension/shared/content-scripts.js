// Content scripts run in every page that was opened after the installation; in the others on request.

import "./browser.js";
import "./messages.js";

/** Chromium never answers about some pages of its own, such as the source of a page; a page that is loaded answers soon. */
const LONGEST_WAIT_MS = 1500;

/**
 * Tell a frame something, after starting the content scripts where the browser granted access with the reader's click.
 *
 * @param {number} tabId
 * @param {number} frameId
 * @param {Message} message
 * @returns {Promise<any>} its answer; rejects where no extension is let in
 */
export async function tellFrame(tabId, frameId, message) {
  const answer = await messages.askTab(tabId, message, frameId);
  if (answer !== undefined) {
    return answer;
  }
  await startIn({ tabId, frameIds: [frameId] });
  return messages.askTab(tabId, message, frameId);
}

/** @param {{tabId: number, frameIds: number[]}} target */
async function startIn(target) {
  const { url, status } = await webext.tabs.get(target.tabId);
  if (url?.startsWith(webext.runtime.getURL(""))) {
    // Firefox would report an error
    throw new Error("a page of the extension itself");
  }
  // waits until the page is idle; by then the manifest's scripts may have started, which must not start twice
  const looking = webext.scripting.executeScript({ target, func: begin });
  const [frame] = await (status === "complete" ? Promise.race([looking, refusal()]) : looking);
  if (frame?.result !== true) {
    const [{ js = [] } = {}] = webext.runtime.getManifest().content_scripts ?? [];
    // Firefox resolves paths against the page that calls, hence the slash
    await webext.scripting.executeScript({ target, files: js.map((path) => `/${path}`) });
  }
}

/** Have the content scripts of a page listen, where there are any. It runs in the page. */
function begin() {
  globalThis.plumblineInPage?.begin();
  return globalThis.plumblineInPage !== undefined;
}

/** @returns {Promise<never>} */
function refusal() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("a page of the browser itself")), LONGEST_WAIT_MS);
  });
}
