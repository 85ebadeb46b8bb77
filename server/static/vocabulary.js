// The labels in the order in which they are counted and drawn, and what a reader may say would have been right.

import "./card/vocabulary.js";

export const { LABELS, CORRECTIONS } = vocabulary;
