// What stands in the card. It never asserts more than the label does.

const CardContent = (() => {
  const MOST_REASONS = 5;
  /** What can be done about a failure. @type {FailureKind[]} */
  const HELPED_BY_START = ["unreachable", "timeout", "bad-status", "bad-answer"];
  /** @type {FailureKind[]} */
  const HELPED_BY_OPTIONS = ["no-token", "not-allowed"];

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

  /**
   * A button that answers the reader alone: the page's scripts can reach the card, but not make a trusted event.
   *
   * @param {string} action
   * @param {string} name
   * @param {() => void} onClick
   */
  function button(action, name, onClick) {
    const made = element("button", { type: "button", part: "action", "data-action": action }, name);
    made.addEventListener("click", ({ isTrusted }) => isTrusted && onClick());
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
    const sides = ["false", "true"].flatMap((side) => {
      const items = reasons
        .filter(({ weight }) => direction(weight) === side)
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

  /** A day in the words of the reader's language; anything else as it is. @param {string} date */
  function day(date) {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T12:00:00`) : null;
    return time && !Number.isNaN(time.valueOf())
      ? time.toLocaleDateString(webext.i18n.getUILanguage(), { dateStyle: "medium" })
      : date;
  }

  /** @param {string} url @param {string} publisher */
  function link(url, publisher) {
    const address = URL.parse(url);
    return address && ["http:", "https:"].includes(address.protocol)
      ? [
          element(
            "a",
            { href: address.href, target: "_blank", rel: "noopener noreferrer" },
            words("evidence_link", publisher || address.hostname),
          ),
        ]
      : [];
  }

  /** @param {Evidence} evidence */
  function factCheck({ relation, publisher, rating, label, speaker, date, url, claim }) {
    const name = [publisher, day(date)].filter(Boolean).join(", ");
    const lines = [
      ...(claim ? [element("q", { part: "claim", dir: "auto" }, claim)] : []),
      ...(speaker ? [element("span", { part: "speaker" }, words("evidence_speaker", speaker))] : []),
      ...link(url, publisher),
    ];
    return element(
      "li",
      { part: "fact-check", "data-relation": relation },
      element("p", { part: "ruling" }, element("b", { part: "rating", "data-label": label }, rating), " ", name),
      ...lines.map((line) => element("p", { part: "line" }, line)),
    );
  }

  /** @param {Evidence[]} evidence @param {string} relation */
  function factChecks(evidence, relation) {
    const about = evidence.filter((one) => one.relation === relation);
    if (about.length === 0) {
      return [];
    }
    return [
      element("h3", { part: "heading" }, words(`heading_${relation}`)),
      element("ul", { part: "evidence" }, ...about.map(factCheck)),
    ];
  }

  /** Whether fact-checkers rated one claim differently. @param {Evidence[]} evidence */
  function isDivided(evidence) {
    const rulings = evidence.filter(({ relation }) => relation === "same-claim").map(({ label }) => label);
    return new Set(rulings).size > 1;
  }

  /** @param {Statement} statement */
  function meaningOf({ label, note, evidence }) {
    if (note === null) {
      const meaning = isDivided(evidence) ? "divided" : label;
      return [element("p", { part: "meaning" }, words(`meaning_${meaning}`))];
    }
    return [
      element("p", { part: "meaning" }, words("meaning_unjudged")),
      element("p", { part: "note", "data-note": note }, words(`note_${note}`)),
    ];
  }

  return {
    element,
    button,

    /** @param {string} text */
    chip: (text) => element("button", { part: "chip", type: "button" }, text),

    /** A verdict to be pasted elsewhere. @param {Statement} statement @param {string} said   the statement's words */
    plainText({ label, evidence }, said) {
      const sources = evidence
        .filter(({ relation }) => relation === "same-claim")
        .map(({ publisher, rating, date, url }) => [publisher, rating, date, url].filter(Boolean).join(", "));
      return [words("copied", said, words(`label_${label}`), words(`meaning_${label}`)), ...sources].join("\n");
    },

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
        ...factChecks(statement.evidence, "same-claim"),
        ...factChecks(statement.evidence, "related"),
        ...reasonLists(reasons, text),
      );
    },

    /** @param {Failure} failure */
    failure({ kind, address, detail }) {
      const help = element("p", { part: "help" }, `${words("failure_help")} `, element("code", {}, words("start_command")));
      const options = button("options", words("popup_options"), () => messages.ask({ type: "open-options" }));
      return element(
        "div",
        { part: "failure", "data-kind": kind },
        element("p", { part: "message" }, words(`failure_${kind}`, address)),
        ...(detail ? [element("p", { part: "detail" }, detail)] : []),
        ...(HELPED_BY_START.includes(kind) ? [help] : []),
        ...(HELPED_BY_OPTIONS.includes(kind) ? [options] : []),
      );
    },

    /** @param {string} text */
    notice: (text) => element("p", { part: "message" }, text),
  };
})();

Object.assign(globalThis, { CardContent });
