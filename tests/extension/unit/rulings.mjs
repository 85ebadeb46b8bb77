// One published fact-check, as the extension's scripts get it.

/** A ruling that a claim is false, with some of its fields changed. */
export const ruling = (changes = {}) => ({
  relation: "same-claim",
  publisher: "A paper",
  rating: "False",
  label: "false",
  speaker: "",
  date: "2019-04-03",
  url: "https://paper.example/bridge",
  claim: "The bridge is old.",
  title: "",
  links_to: "ruling",
  similarity: 0.9,
  ...changes,
});
