// The card's content for a statement, in pages and on the dashboard. It never claims more than the label does.

const CardContent = (() => {
  // the files of the content scripts arrive in any order
  /** @type {typeof CardElements.element} */
  const element = (...parts) => CardElements.element(...parts);
  /** Bounds of three line strengths, as shares of the strongest word; a word below the first has no line. */
  const STRENGTHS = [0.1, 1 / 3, 2 / 3];
  const MOST_NAMED = 4;

  /** Whether a label rests on the model, so that its probability belongs to it. @param {Statement} statement */
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

  /** What wording alone suggests where there is no verdict. @param {Statement} statement */
  function wordingOf({ label, probability }) {
    if (label !== "unsure" || probability === null) {
      return [];
    }
    const side = probability < 1 / 3 ? "false" : probability > 2 / 3 ? "true" : "even";
    return [element("p", { part: "wording", "data-side": side }, words(`wording_${side}`))];
  }

  /**
   * The statement with a line under each word that counted, thicker for more weight, whatever its sign.
   *
   * @param {Statement} statement
   * @param {Reason[]} influence
   * @param {string} text   of its block
   */
  function quote({ start, end }, influence, text) {
    const quoted = element("blockquote", { part: "quote", dir: "auto" });
    const most = Math.max(...influence.map(({ weight }) => Math.abs(weight)));
    let at = start;
    for (const one of influence.toSorted((a, b) => a.start - b.start)) {
      const share = Math.abs(one.weight) / most;
      const strength = STRENGTHS.filter((bound) => share >= bound).length;
      if (one.start >= at && one.end <= end && strength > 0) {
        const word = element("span", { part: "counted-word", "data-strength": String(strength) }, text.slice(one.start, one.end));
        quoted.append(text.slice(at, one.start), word);
        at = one.end;
      }
    }
    quoted.append(text.slice(at, end));
    return quoted;
  }

  /** A line that explains the underlining and names the words, also for readers who do not see it. @param {Element} quoted */
  function countedWords(quoted) {
    const strongest = [...quoted.querySelectorAll("[data-strength]")]
      .toSorted((a, b) => Number(b.getAttribute("data-strength")) - Number(a.getAttribute("data-strength")))
      .slice(0, MOST_NAMED)
      .map(({ textContent }) => `“${textContent}”`);
    return strongest.length === 0 ? [] : [element("p", { part: "counted", dir: "auto" }, words("counted", strongest.join(", ")))];
  }

  /** @param {Statement} statement */
  const whyUnsureOf = ({ label, why, note }) => (label === "unsure" ? (why ?? note) : null);

  /** One sentence that explains the label: what it rests on, or why there is no verdict. @param {Statement} statement */
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
      const { label, basis, evidence, reasons } = statement;
      const quoted = quote(statement, basis === "model" ? reasons : [], text);
      const whyUnsure = whyUnsureOf(statement);
      return element(
        "article",
        { part: "statement", "data-label": label, "data-basis": basis },
        element("h2", { part: "label" }, words(`label_${label}`)),
        quoted,
        ...(isLikely(statement) ? probabilityOf(statement) : []),
        element("p", { part: "meaning", ...(whyUnsure && { "data-why": whyUnsure }) }, meaningOf(statement)),
        ...attribution(statement),
        ...wordingOf(statement),
        ...countedWords(quoted),
        ...CardEvidence.lists(evidence),
      );
    },

    /** Whether the influence of words is unknown but can be requested. @param {Statement} statement */
    lacksInfluence: ({ basis, probability, reasons }) => basis === "model" && probability !== null && reasons.length === 0,

    /**
     * Underline the words that counted in a statement that is already shown.
     *
     * @param {Element} article
     * @param {Statement} statement
     * @param {Reason[]} influence
     * @param {string} text   of its block
     */
    underline(article, statement, influence, text) {
      const quoted = quote(statement, influence, text);
      article.querySelector('[part="quote"]')?.replaceWith(quoted);
      article.querySelector('[part~="meaning"]')?.after(...countedWords(quoted));
    },

    /** The verdict as plain text, to be copied. @param {Statement} statement @param {string} said   the statement's words */
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
