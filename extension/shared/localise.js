// Fills a page of the extension with the texts of _locales.

import "./browser.js";
import "./translations.js";

/**
 * Fill each element that names a text: `data-words` for its content, `data-words-label` for its accessible name.
 *
 * @param {Document} page
 */
export function localise(page) {
  page.documentElement.lang = uiLanguage();
  page.documentElement.dir = webext.i18n.getMessage("@@bidi_dir");
  for (const element of page.querySelectorAll("[data-words]")) {
    element.textContent = words(element.getAttribute("data-words") ?? "");
  }
  for (const element of page.querySelectorAll("[data-words-label]")) {
    element.setAttribute("aria-label", words(element.getAttribute("data-words-label") ?? ""));
  }
}
