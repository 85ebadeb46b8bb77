// The browser's tabs: the site of a frame's page, and the search on the server's dashboard.

import "../shared/addresses.js";
import "../shared/messages.js";
import "../shared/settings.js";

const LONGEST_QUESTION = 500;

/**
 * The site of the page that a frame is in: in earlier versions of Firefox, frames of other sites cannot see it.
 *
 * @param {Message} _message
 * @param {Sender} sender
 * @returns {Promise<string>} empty if it is unknown
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
 * Open the search for fact-checks in a new tab. A page cannot link to it: the server refuses navigation from other sites.
 *
 * @param {{words: string}} message
 * @param {Sender} sender
 */
export async function openSearch({ words }, { tab }) {
  const { serverAddress } = await settings.read();
  const asked = encodeURIComponent(words.slice(0, LONGEST_QUESTION).toWellFormed());
  // after the "#", so that it is not sent to the server or logged
  await webext.tabs.create({ url: `${serverAddress}/#fact-checks?words=${asked}`, openerTabId: tab?.id, index: (tab?.index ?? 0) + 1 });
  return true;
}
