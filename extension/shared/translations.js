"use strict";

{
  /**
   * The translated text of a key in `_locales`; keys use `_` where the vocabulary uses `-`.
   *
   * @param {string} key
   * @param {...string} substitutions
   */
  function words(key, ...substitutions) {
    return webext.i18n.getMessage(key.replaceAll("-", "_"), substitutions);
  }

  /** The language of these texts, as the reader's region has it: English where there are none in the browser's language. */
  const uiLanguage = () => {
    const [language, spoken] = [words("language"), webext.i18n.getUILanguage()];
    return spoken.split("-")[0] === language ? spoken : language;
  };

  Object.assign(globalThis, { words, uiLanguage });
}
