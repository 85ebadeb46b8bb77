// What is said about one statement. It never asserts more than the label does.

import { element, linkTo, shape } from "./elements.js";
import { feedbackForm } from "./feedback-form.js";
import { words } from "./words.js";

const MOST_REASONS = 5;
const BAR_WIDTH = 110;

/**
 * The card of a statement.
 *
 * @param {Statement} statement
 * @param {string} text   of its block
 * @param {CheckAnswer} answer   that it is part of
 */
export function statementCard(statement, text, { model, base_rate: baseRate }) {
  const { label, start, end } = statement;
  const reasons = strongestReasons(statement);
  const said = [...probabilityOf(statement, baseRate), ...meaningOf(statement)];
  return [
    element(
      "article",
      { class: "card", "data-label": label, "data-basis": statement.basis },
      element("h2", { class: "label", "data-label": label }, words(`label_${label}`)),
      quote(statement, reasons, text),
      // a number that means nothing comes after the words that say so
      ...(label === "unsure" ? said.toReversed() : said),
      ...evidenceList(statement.evidence),
      ...reasonLists(reasons, text),
      feedbackForm(text.slice(start, end), label),
    ),
    element("footer", { class: "card-footer" }, words("card_footer", { MODEL: model })),
  ];
}

/** A chance in words. @param {number} probability */
function likelihood(probability) {
  const bounds = { very_unlikely: 0.1, unlikely: 0.33, even: 0.67, likely: 0.9 };
  const [name] = Object.entries(bounds).find(([, bound]) => probability < bound) ?? ["very_likely"];
  return words(`likelihood_${name}`);
}

/** @param {Statement} statement @param {number} baseRate */
function probabilityOf({ label, basis, probability }, baseRate) {
  if (probability === null || basis !== "model") {
    return [];
  }
  const NUMBER = Math.min(99, Math.max(1, Math.round(probability * 100)));
  const text =
    label === "unsure"
      ? words("probability_unsure", { NUMBER })
      : words("probability", { LIKELIHOOD: likelihood(probability), NUMBER });
  const calibrated = words("probability_base_rate", { NUMBER: Math.round(baseRate * 100) });
  return [element("p", { class: "probability" }, text, " ", element("span", { class: "calibrated" }, calibrated))];
}

/** The words that moved a verdict of the model most, strongest first. @param {Statement} statement */
function strongestReasons({ label, basis, reasons }) {
  if (basis !== "model" || label === "unsure") {
    return [];
  }
  return reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_REASONS);
}

/** @param {Reason[]} reasons @param {string} text */
function reasonLists(reasons, text) {
  const heaviest = Math.max(...reasons.map(({ weight }) => Math.abs(weight)));
  return ["false", "true"].flatMap((side) => {
    const items = reasons
      .filter(({ weight }) => (weight < 0 ? "false" : "true") === side)
      .map(({ start, end, weight }) => reasonItem(text.slice(start, end), side, Math.abs(weight), heaviest));
    return items.length === 0
      ? []
      : [
          element(
            "div",
            { class: "side" },
            element("h3", {}, words(`heading_reasons_${side}`)),
            element("ul", { class: "reasons" }, ...items),
          ),
        ];
  });
}

/** @param {string} reason @param {string} side @param {number} weight @param {number} heaviest */
function reasonItem(reason, side, weight, heaviest) {
  const name = words(`reason_towards_${side}`, { WORDS: reason, WEIGHT: weight.toFixed(2) });
  return element(
    "li",
    { "data-direction": side, title: name },
    reason,
    shape(
      "svg",
      { width: BAR_WIDTH, height: 8, "aria-hidden": "true" },
      shape("rect", { width: (weight / heaviest) * BAR_WIDTH, height: 8, rx: 3 }),
    ),
  );
}

/** The statement, with the words that moved the verdict set off. @param {Statement} statement @param {Reason[]} reasons @param {string} text */
function quote({ start, end }, reasons, text) {
  const quoted = element("blockquote", { class: "quote" });
  let at = start;
  for (const reason of reasons.toSorted((a, b) => a.start - b.start)) {
    if (reason.start >= at && reason.end <= end) {
      quoted.append(text.slice(at, reason.start), element("mark", {}, text.slice(reason.start, reason.end)));
      at = reason.end;
    }
  }
  quoted.append(text.slice(at, end));
  return quoted;
}

/** @param {Statement} statement */
function meaningOf({ label, note, evidence }) {
  if (note === null) {
    const rulings = evidence.filter(({ relation }) => relation === "same-claim");
    const isDivided = new Set(rulings.map((ruling) => ruling.label)).size > 1;
    return [element("p", { class: "meaning" }, words(isDivided ? "meaning_divided" : `meaning_${label}`))];
  }
  return [element("p", { class: "meaning" }, words("meaning_unjudged")), element("p", {}, words(`note_${note}`))];
}

/** @param {Evidence[]} evidence */
function evidenceList(evidence) {
  if (evidence.length === 0) {
    return [];
  }
  return [
    element("h3", {}, words("heading_evidence")),
    element("ul", { class: "evidence" }, ...evidence.map(factCheck)),
  ];
}

/** @param {Evidence} evidence */
function factCheck({ relation, publisher, rating, speaker, date, url }) {
  const name = [publisher, rating, date].filter(Boolean).join(" · ");
  const about = [speaker, words(`relation_${relation}`)].filter(Boolean).join("; ");
  return element("li", { "data-relation": relation }, linkTo(url, name), ` (${about})`);
}
