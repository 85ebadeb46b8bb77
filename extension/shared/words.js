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

  /** The language that the browser speaks with its reader. */
  const uiLanguage = () => webext.i18n.getUILanguage();

  Object.assign(globalThis, { words, uiLanguage });
}
