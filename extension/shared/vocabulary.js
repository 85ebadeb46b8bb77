"use strict";

// What Plumbline can say about a statement: the mirror of fake_news/verdict.py.

{
  const LABELS = Object.freeze(["false", "mixed", "true", "likely-false", "likely-true", "unsure", "no-claim"]);
  const BASES = Object.freeze(["fact-check", "model", "claims"]);
  const RELATIONS = Object.freeze(["same-claim", "related"]);
  const NOTES = Object.freeze(["not-english", "too-long"]);

  /** The labels that are painted in the text and listed as findings. @param {Settings} settings */
  function paintedLabels({ paintUnsure }) {
    return LABELS.filter((label) => label !== "no-claim" && (label !== "unsure" || paintUnsure));
  }

  globalThis.vocabulary = Object.freeze({ LABELS, BASES, RELATIONS, NOTES, paintedLabels });
}
