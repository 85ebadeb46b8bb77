"use strict";

// What stands in the card. It never asserts more than the label does.

const CardContent = (() => {
  const MOST_REASONS = 5;

  /**
   * An element of the card.
   *
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  /** A chance in words; only labels that say so much are worded like this. @param {number} probability */
  function likelihood(probability) {
    const bounds = { very_unlikely: 0.1, unlikely: 0.33, even: 0.67, likely: 0.9 };
    const [name] = Object.entries(bounds).find(([, bound]) => probability < bound) ?? ["very_likely"];
    return words(`likelihood_${name}`);
  }

  /** @param {number} probability */
  const inHundred = (probability) => String(Math.min(99, Math.max(1, Math.round(probability * 100))));

  /** @param {Statement} statement */
  function probabilityOf({ label, basis, probability }) {
    if (probability === null || basis !== "model") {
      return [];
    }
    const number = inHundred(probability);
    const text =
      label === "unsure"
        ? words("probability_unsure", number)
        : words("probability", likelihood(probability), number);
    return [element("p", { part: "probability", "data-probability": String(probability) }, text)];
  }

  /** The words that moved a verdict of the model most, strongest first. @param {Statement} statement */
  function strongestReasons({ label, basis, reasons }) {
    if (basis !== "model" || label === "unsure") {
      return [];
    }
    return reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_REASONS);
  }

  /** @param {number} weight */
  const direction = (weight) => (weight < 0 ? "false" : "true");

  /** @param {Reason[]} reasons @param {string} text */
  function reasonLists(reasons, text) {
    return ["false", "true"].flatMap((side) => {
      const items = reasons
        .filter(({ weight }) => direction(weight) === side)
        .map(({ start, end }) => element("li", { part: "reason", "data-direction": side }, text.slice(start, end)));
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
  }

  /** The statement, with the words that moved the verdict set off. @param {Statement} statement @param {Reason[]} reasons @param {string} text */
  function quote({ start, end }, reasons, text) {
    const quoted = element("blockquote", { part: "quote" });
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

  /** @param {Evidence} evidence */
  function factCheck({ relation, publisher, rating, speaker, date, url }) {
    const name = [publisher, rating, date].filter(Boolean).join(" · ");
    const address = URL.parse(url);
    const source =
      address && ["http:", "https:"].includes(address.protocol)
        ? element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, name)
        : name;
    const about = words(`relation_${relation}`);
    return element("li", { part: "fact-check", "data-relation": relation }, source, ` (${[speaker, about].filter(Boolean).join("; ")})`);
  }

  /** @param {Evidence[]} evidence */
  function evidenceList(evidence) {
    if (evidence.length === 0) {
      return [];
    }
    return [
      element("h3", { part: "heading" }, words("heading_evidence")),
      element("ul", { part: "evidence" }, ...evidence.map(factCheck)),
    ];
  }

  /** @param {Statement} statement */
  function meaningOf({ label, note }) {
    if (note === null) {
      return [element("p", { part: "meaning" }, words(`meaning_${label}`))];
    }
    return [
      element("p", { part: "meaning" }, words("meaning_unjudged")),
      element("p", { part: "note", "data-note": note }, words(`note_${note}`)),
    ];
  }

  return {
    /** @param {Statement} statement @param {string} text   of its block */
    statement(statement, text) {
      const reasons = strongestReasons(statement);
      const said = [...probabilityOf(statement), ...meaningOf(statement)];
      return element(
        "article",
        { part: "statement", "data-label": statement.label, "data-basis": statement.basis },
        element("h2", { part: "label" }, words(`label_${statement.label}`)),
        quote(statement, reasons, text),
        // a number that means nothing comes after the words that say so
        ...(statement.label === "unsure" ? said.toReversed() : said),
        ...evidenceList(statement.evidence),
        ...reasonLists(reasons, text),
      );
    },

    /** @param {Failure} failure */
    failure({ kind, address, detail }) {
      const help = element("p", { part: "help" }, `${words("failure_help")} `, element("code", {}, words("start_command")));
      return element(
        "div",
        { part: "failure", "data-kind": kind },
        element("p", { part: "message" }, words(`failure_${kind}`, address)),
        ...(detail ? [element("p", { part: "detail" }, detail)] : []),
        // the browser's doing, not the server's
        ...(kind === "interrupted" ? [] : [help]),
      );
    },

    /** @param {string} text */
    notice: (text) => element("p", { part: "message" }, text),
  };
})();
