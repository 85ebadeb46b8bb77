// The labels in the order in which they are counted and drawn: the mirror of fake_news/verdict.py.

export const LABELS = ["false", "mixed", "true", "likely-false", "likely-true", "unsure", "no-claim"];

/** What a reader may say would have been right. */
export const CORRECTIONS = ["false", "mixed", "true", "no-claim", "unsure"];
