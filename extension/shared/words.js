"use strict";

{
  /**
   * The text of `_locales` under a key, so that no sentence stands in code; keys use `_` where the vocabulary uses `-`.
   *
   * @param {string} key
   * @param {...string} substitutions
   */
  function words(key, ...substitutions) {
    return webext.i18n.getMessage(key.replaceAll("-", "_"), substitutions);
  }

  globalThis.words = words;
}
