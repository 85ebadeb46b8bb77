// Sends messages to content scripts. They run in every page opened after the installation; in others they are started here.

import "./browser.js";
import "./messages.js";

/**
 * Chromium never answers for some of its own pages, such as the source of a page; any other loaded page answers soon,
 * unless the machine has much to do.
 */
const DOUBTFUL_AFTER_MS = 1500;

/**
 * Send a message to a frame, first starting the content scripts where the reader's click gave access to the page.
 *
 * @param {number} tabId
 * @param {number} frameId
 * @param {Message} message
 * @param {() => void} onDoubt   called when the page seems to let no extension in; an answer may come nevertheless
 * @returns {Promise<any>} its answer; rejects where no extension is let in
 */
export async function askFrame(tabId, frameId, message, onDoubt) {
  const answer = await messages.askTab(tabId, message, frameId);
  if (answer !== undefined) {
    return answer;
  }
  await startIn({ tabId, frameIds: [frameId] }, onDoubt);
  return messages.askTab(tabId, message, frameId);
}

/** @param {{tabId: number, frameIds: number[]}} target @param {() => void} onDoubt */
async function startIn(target, onDoubt) {
  const { url, status } = await webext.tabs.get(target.tabId);
  if (url?.startsWith(webext.runtime.getURL(""))) {
    // Firefox would report an error
    throw new Error("a page of the extension itself");
  }
  const doubting = status === "complete" ? setTimeout(onDoubt, DOUBTFUL_AFTER_MS) : undefined;
  try {
    // waits until the page is idle; by then the manifest's scripts may have started, which must not start twice
    const [frame] = await webext.scripting.executeScript({ target, func: begin });
    if (frame?.result !== true) {
      const [{ js = [] } = {}] = webext.runtime.getManifest().content_scripts ?? [];
      // Firefox resolves paths against the page that calls, hence the slash
      await webext.scripting.executeScript({ target, files: js.map((path) => `/${path}`) });
      // on their own they would start at the page's next idle moment
      await webext.scripting.executeScript({ target, func: begin });
    }
  } finally {
    clearTimeout(doubting);
  }
}

/** Have the content scripts of a page listen, where there are any. It runs in the page. */
function begin() {
  globalThis.plumblineInPage?.begin();
  return globalThis.plumblineInPage !== undefined;
}
