// The card of a statement: the extension's, and the page's own form for feedback under it.

import "./card-words.js";
import "./card/vocabulary.js";
import "./card/card-elements.js";
import "./card/card-evidence.js";
import "./card/card-content.js";
import "./card/card-look-up.js";
import "./card/card-style.js";
import { Failure, post } from "./api.js";
import { element } from "./elements.js";
import { feedbackForm } from "./feedback-form.js";
import { searchFor } from "./view-fact-checks.js";
import { words } from "./words.js";

/**
 * The card of a statement.
 *
 * @param {Statement} statement
 * @param {string} text   of its block
 * @param {CheckAnswer} answer   that it is part of
 * @param {AbortSignal} signal   ends with the view
 */
export function statementCard(statement, text, answer, signal) {
  const said = text.slice(statement.start, statement.end);
  const article = CardContent.statement(statement, text);
  article.append(...CardLookUp.ways(statement.label, said, { search: () => searchFor(said), offersExplorer: true }));
  if (CardContent.lacksInfluence(statement)) {
    void underline(article, statement, text, signal);
  }
  return [
    shown(article),
    feedbackForm(statement, said, answer),
    element("footer", { class: "card-footer" }, words("card_footer", { MODEL: answer.model })),
  ];
}

/** @param {Element} article @param {Statement} statement @param {string} text @param {AbortSignal} signal */
async function underline(article, statement, text, signal) {
  const { start, end } = statement;
  try {
    const { influence } = await post("/api/v1/influence", { text, start, end }, signal);
    CardContent.underline(article, statement, influence, text);
  } catch (error) {
    // the card is whole without
    if (!signal.aborted && !(error instanceof Failure)) {
      throw error;
    }
  }
}

/** What the card says, in a tree of its own: its style is made for pages that have another. @param {HTMLElement} article */
function shown(article) {
  const host = element("div", { class: "card" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CARD_STYLE);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(element("div", { part: "card", "data-place": "page" }, element("div", { part: "body" }, article)));
  return host;
}
