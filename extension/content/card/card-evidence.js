// The published fact-checks in the card: what was checked, who rated it how and when, and where to read it.

const CardEvidence = (() => {
  // the files of the content scripts arrive in any order
  /** @type {typeof CardElements.element} */
  const element = (...parts) => CardElements.element(...parts);
  /** @type {Record<string, string>} */
  const OPPOSITES = { false: "true", true: "false" };
  const MOST_RELATED = 3;

  /** A date in the reader's language; anything else unchanged. @param {string} date */
  function day(date) {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T12:00:00`) : null;
    return time && !Number.isNaN(time.valueOf()) ? time.toLocaleDateString(uiLanguage(), { dateStyle: "medium" }) : date;
  }

  /** The text of the link. @param {Evidence} evidence @param {string} name   of the publisher */
  function linkText({ links_to: linksTo, speaker }, name) {
    if (linksTo === "speaker") {
      return speaker ? words("evidence_link_speaker", name, speaker) : words("evidence_link_list", name);
    }
    return words("evidence_link", name);
  }

  /** @param {Evidence} evidence */
  function link(evidence) {
    const address = URL.parse(evidence.url);
    return address && ["http:", "https:"].includes(address.protocol)
      ? [
          element(
            "a",
            { href: address.href, target: "_blank", rel: "noopener noreferrer" },
            linkText(evidence, evidence.publisher || address.hostname),
          ),
        ]
      : [];
  }

  /** What was checked: in the publisher's words if they are known, otherwise in those of its address. @param {Evidence} evidence */
  function checked({ relation, claim, title }) {
    const about = claim ? `“${claim}”` : title;
    if (relation === "opposite-claim") {
      return about ? words("evidence_opposite", about) : words("evidence_opposite_unnamed");
    }
    return about;
  }

  /** @param {Evidence} evidence */
  function factCheck(evidence) {
    const { relation, publisher, rating, label, speaker, date } = evidence;
    const about = checked(evidence);
    // only a ruling on this very claim has the colour of its label
    /** @type {Record<string, string>} */
    const colour = relation === "same-claim" ? { "data-label": label } : {};
    const lines = [...(speaker ? [words("evidence_speaker", speaker)] : []), ...link(evidence)];
    return element(
      "li",
      { part: "fact-check", "data-relation": relation },
      ...(about ? [element("p", { part: "checked", dir: "auto" }, about)] : []),
      element(
        "p",
        { part: "ruling" },
        element("b", { part: "rating", ...colour }, rating || words("evidence_unrated")),
        " ",
        [publisher, day(date)].filter(Boolean).join(", "),
      ),
      ...lines.map((line) => element("p", { part: "line" }, line)),
    );
  }

  /** @param {Evidence[]} evidence @param {string} relation */
  function ofRelation(evidence, relation) {
    const about = evidence.filter((one) => one.relation === relation);
    return relation === "related" ? about.slice(0, MOST_RELATED) : about;
  }

  /** @param {Evidence[]} evidence @param {string} relation */
  function list(evidence, relation) {
    const shown = ofRelation(evidence, relation);
    return shown.length === 0
      ? []
      : [
          element("h3", { part: "heading" }, words(`heading_${relation}`)),
          element("ul", { part: "evidence" }, ...shown.map(factCheck)),
        ];
  }

  /** @param {Evidence} evidence */
  const decides = ({ relation }) => relation === "same-claim" || relation === "opposite-claim";

  /** A text that Markdown leaves as it is. @param {string} text */
  const inMarkdown = (text) => text.replace(/[\\`*_[\]<>#|~]/g, String.raw`\$&`).replace(/\s+/g, " ");

  return {
    inMarkdown,

    /** The fact-checks that the card shows; of the related ones only the first. @param {Evidence[]} evidence */
    shown: (evidence) => vocabulary.RELATIONS.flatMap((relation) => ofRelation(evidence, relation)),

    /** Publisher and what was checked, in one line. @param {Evidence} evidence */
    named: ({ publisher, claim, title, date }) => [publisher, claim || title || date].filter(Boolean).join(": "),

    /** The fact-checks under a heading for each relation, those that decide first. @param {Evidence[]} evidence */
    lists: (evidence) => vocabulary.RELATIONS.flatMap((relation) => list(evidence, relation)),

    /** Whether fact-checkers disagree; who rates the opposite false rates this claim true. @param {Evidence[]} evidence */
    isDivided(evidence) {
      const said = evidence
        .filter(decides)
        .map(({ relation, label }) => (relation === "opposite-claim" ? (OPPOSITES[label] ?? label) : label));
      return new Set(said).size > 1;
    },

    /** Whether all deciding fact-checks are about the opposite of the statement. @param {Evidence[]} evidence */
    isAboutOpposite(evidence) {
      const deciding = evidence.filter(decides);
      return deciding.length > 0 && deciding.every(({ relation }) => relation === "opposite-claim");
    },

    /** The deciding fact-checks, one per line, to be copied. @param {Evidence[]} evidence */
    sources: (evidence) =>
      evidence
        .filter(decides)
        .map((one) => [one.publisher, one.rating, checked(one), one.date, one.url].filter(Boolean).join(", ")),

    /** The same as a list in Markdown, each line a link. @param {Evidence[]} evidence */
    markdownSources: (evidence) =>
      evidence.filter(decides).map((one) => {
        const text = [one.publisher, one.rating, checked(one), one.date].filter(Boolean).join(", ");
        const address = URL.parse(one.url);
        return address ? `- [${inMarkdown(text)}](<${address.href}>)` : `- ${inMarkdown(text)}`;
      }),
  };
})();

Object.assign(globalThis, { CardEvidence });
