// Frames of other sites: in earlier versions of Firefox they cannot see in which page they stand.

import "../shared/messages.js";

/**
 * The site of the page in which a frame stands.
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
  const page = tab?.id === undefined ? undefined : await messages.askTab(tab.id, { type: "site" }, 0);
  return page?.hostname ?? "";
}
