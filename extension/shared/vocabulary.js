"use strict";

// What Plumbline can say about a statement: the mirror of fake_news/detection/verdict.py.

{
  const LABELS = Object.freeze(["false", "mixed", "true", "likely-false", "likely-true", "unsure", "no-claim"]);
  const BASES = Object.freeze(["fact-check", "model", "claims"]);
  const RELATIONS = Object.freeze(["same-claim", "opposite-claim", "related"]);
  const LINKS_TO = Object.freeze(["ruling", "speaker"]);
  const WHYS = Object.freeze(["no-ruling", "newer", "only-wording", "too-short", "not-english", "too-long"]);
  const NOTES = Object.freeze(["not-english", "too-long"]);

  /** What a reader may say that a statement is: the mirror of server/schemas/feedback.py. */
  const CORRECTIONS = Object.freeze(["false", "mixed", "true", "no-claim", "unsure", "other-claim"]);

  /** The labels that are painted in the text and listed as findings. @param {Settings} settings */
  function paintedLabels({ paintUnsure, hiddenLabels }) {
    return LABELS.filter(
      (label) => label !== "no-claim" && (label === "unsure" ? paintUnsure : !hiddenLabels.includes(label)),
    );
  }

  globalThis.vocabulary = Object.freeze({ LABELS, BASES, RELATIONS, LINKS_TO, WHYS, NOTES, CORRECTIONS, paintedLabels });
}
