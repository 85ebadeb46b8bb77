// What the card says of a statement, in pages and on the dashboard. It never asserts more than the label does.

const CardContent = (() => {
  // the files of the content scripts arrive in any order
  /** @type {typeof CardElements.element} */
  const element = (...parts) => CardElements.element(...parts);
  const MOST_REASONS = 5;

  /** Whether a label rests on the model, so that its probability and the words that moved it belong to it. @param {Statement} statement */
  const isLikely = ({ label }) => label === "likely-false" || label === "likely-true";

  /** @param {number} probability */
  function likelihood(probability) {
    const bounds = { very_unlikely: 0.1, unlikely: 0.33, even: 0.67, likely: 0.9 };
    const [name] = Object.entries(bounds).find(([, bound]) => probability < bound) ?? ["very_likely"];
    return words(`likelihood_${name}`);
  }

  /** @param {Statement} statement */
  function probabilityOf({ probability }) {
    if (probability === null) {
      return [];
    }
    const inHundred = String(Math.min(99, Math.max(1, Math.round(probability * 100))));
    const text = words("probability", likelihood(probability), inHundred);
    return [element("p", { part: "probability", "data-probability": String(probability) }, text)];
  }

  /** The words that moved a verdict of the model most, strongest first. @param {Statement} statement */
  function strongestReasons(statement) {
    return isLikely(statement)
      ? statement.reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_REASONS)
      : [];
  }

  /** @param {Reason[]} reasons @param {string} text */
  function reasonLists(reasons, text) {
    const sides = ["false", "true"].flatMap((side) => {
      const items = reasons
        .filter(({ weight }) => (weight < 0 ? "false" : "true") === side)
        .map(({ start, end }) => element("li", { part: "reason", dir: "auto", "data-direction": side }, text.slice(start, end)));
      return items.length === 0
        ? []
        : [
            element(
              "div",
              { part: "side" },
              element("h3", { part: "heading" }, words(`heading_reasons_${side}`)),
              element("ul", { part: "reasons" }, ...items),
            ),
          ];
    });
    return sides.length === 0 ? [] : [element("div", { part: "sides" }, ...sides)];
  }

  /** The statement, with the words that moved the verdict set off. @param {Statement} statement @param {Reason[]} reasons @param {string} text */
  function quote({ start, end }, reasons, text) {
    const quoted = element("blockquote", { part: "quote", dir: "auto" });
    let at = start;
    for (const reason of reasons.toSorted((a, b) => a.start - b.start)) {
      if (reason.start >= at && reason.end <= end) {
        const mark = element("mark", { part: "reason-mark" }, text.slice(reason.start, reason.end));
        quoted.append(text.slice(at, reason.start), mark);
        at = reason.end;
      }
    }
    quoted.append(text.slice(at, end));
    return quoted;
  }

  /** @param {Statement} statement */
  const whyUnsureOf = ({ label, why, note }) => (label === "unsure" ? (why ?? note) : null);

  /** The label in a sentence: what it rests on, or why there is no verdict. @param {Statement} statement */
  function meaningOf(statement) {
    const { label, basis, evidence } = statement;
    if (label === "unsure") {
      const reason = whyUnsureOf(statement);
      return reason ? words(`why_${reason}`) : words("meaning_unsure");
    }
    if (basis === "fact-check" && CardEvidence.isDivided(evidence)) {
      return words("meaning_divided");
    }
    const isAboutOpposite = (label === "false" || label === "true") && CardEvidence.isAboutOpposite(evidence);
    return isAboutOpposite ? words(`meaning_opposite_${label}`) : words(`meaning_${label}`);
  }

  /** @param {Statement} statement */
  function attribution({ basis, is_attribution: isAttribution }) {
    return isAttribution && basis === "fact-check" ? [element("p", { part: "attribution" }, words("attribution"))] : [];
  }

  return {
    /** @param {Statement} statement @param {string} text   of its block */
    statement(statement, text) {
      const { label, basis, evidence } = statement;
      const reasons = strongestReasons(statement);
      const whyUnsure = whyUnsureOf(statement);
      return element(
        "article",
        { part: "statement", "data-label": label, "data-basis": basis },
        element("h2", { part: "label" }, words(`label_${label}`)),
        quote(statement, reasons, text),
        ...(isLikely(statement) ? probabilityOf(statement) : []),
        element("p", { part: "meaning", ...(whyUnsure && { "data-why": whyUnsure }) }, meaningOf(statement)),
        ...attribution(statement),
        ...CardEvidence.lists(evidence),
        ...reasonLists(reasons, text),
      );
    },

    /** A verdict to be pasted elsewhere. @param {Statement} statement @param {string} said   the statement's words */
    plainText(statement, said) {
      const verdict = words("copied", said, words(`label_${statement.label}`), meaningOf(statement));
      return [verdict, ...CardEvidence.sources(statement.evidence)].join("\n");
    },

    /** The same in Markdown. @param {Statement} statement @param {string} said   the statement's words */
    markdown(statement, said) {
      const { inMarkdown, markdownSources } = CardEvidence;
      const verdict = `**${words(`label_${statement.label}`)}.** ${inMarkdown(meaningOf(statement))} (Plumbline)`;
      return [`> ${inMarkdown(said)}`, "", verdict, "", ...markdownSources(statement.evidence)].join("\n").trimEnd();
    },
  };
})();

Object.assign(globalThis, { CardContent });
