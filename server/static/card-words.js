// What the extension's card asks of the extension, given by this page: its words, and the language they are in.

import messages from "./card/messages.json" with { type: "json" };

/** @typedef {{message: string, placeholders?: Record<string, {content: string}>}} Entry */

/** @param {string} key @param {...string} substitutions */
function cardWords(key, ...substitutions) {
  const entry = /** @type {Record<string, Entry>} */ (messages)[key.replaceAll("-", "_")];
  if (entry === undefined) {
    throw new Error(`no words for ${key}`);
  }
  const { message, placeholders = {} } = entry;
  return message.replace(/\$(\w+)\$/g, (_, name) => {
    const { content } = placeholders[name.toLowerCase()];
    return substitutions[Number(content.slice(1)) - 1];
  });
}

Object.assign(globalThis, { words: cardWords, uiLanguage: () => document.documentElement.lang });
