// What concerns the browser's tabs: the page that a frame stands in, and the search on the server's own page.

import "../shared/addresses.js";
import "../shared/messages.js";
import "../shared/settings.js";

const LONGEST_QUESTION = 500;

/**
 * The site of the page in which a frame stands: in earlier versions of Firefox, frames of other sites cannot see it.
 *
 * @param {Message} _message
 * @param {Sender} sender
 * @returns {Promise<string>} empty if nobody knows
 */
export async function pageSite(_message, { tab }) {
  if (tab?.url) {
    return URL.parse(tab.url)?.hostname ?? "";
  }
  /** @type {Page | undefined} */
  const page = tab?.id === undefined ? undefined : await messages.askTab(tab.id, { type: "page-state" }, 0);
  return page?.hostname ?? "";
}

/**
 * Open the search for fact-checks in a new tab. A page may not link to it: the server refuses what other sites lead to.
 *
 * @param {{words: string}} message
 * @param {Sender} sender
 */
export async function openSearch({ words }, { tab }) {
  const { serverAddress } = await settings.read();
  const asked = encodeURIComponent(words.slice(0, LONGEST_QUESTION).toWellFormed());
  // behind the "#", so that no server and no log gets it with the address
  await webext.tabs.create({ url: `${serverAddress}/#fact-checks?words=${asked}`, openerTabId: tab?.id, index: (tab?.index ?? 0) + 1 });
  return true;
}
