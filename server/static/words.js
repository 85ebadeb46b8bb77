import sentences from "./words.json" with { type: "json" };

/** @typedef {keyof typeof sentences} Key */

/**
 * The text under a key, so that no sentence stands in code; keys use `_` where the vocabulary uses `-`.
 *
 * @param {string} key
 * @param {Record<string, string | number>} substitutions   for the parts written $LIKE_THIS$
 */
export function words(key, substitutions = {}) {
  const sentence = sentences[/** @type {Key} */ (key.replaceAll("-", "_"))];
  if (sentence === undefined) {
    throw new Error(`no words for ${key}`);
  }
  return sentence.replace(/\$([A-Z_]+)\$/g, (_, name) => String(substitutions[name]));
}
