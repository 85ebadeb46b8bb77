// The search on the server's own page. A page may not link to it: the server refuses what other sites lead to.

import "../shared/settings.js";

const LONGEST_QUESTION = 500;

/** @param {{words: string}} message @param {Sender} sender */
export async function openSearch({ words }, { tab }) {
  const { serverAddress } = await settings.read();
  const asked = encodeURIComponent(words.slice(0, LONGEST_QUESTION).toWellFormed());
  // behind the "#", so that no server and no log gets it with the address
  await webext.tabs.create({ url: `${serverAddress}/#fact-checks?words=${asked}`, openerTabId: tab?.id, index: (tab?.index ?? 0) + 1 });
  return true;
}
