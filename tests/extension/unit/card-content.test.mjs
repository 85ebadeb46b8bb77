import assert from "node:assert/strict";
import test from "node:test";

import { getMessage } from "./english.mjs";
import { show } from "./jsdom-page.mjs";
import { load, run } from "./extension-api.mjs";
import { ruling as rulingOn } from "./rulings.mjs";

globalThis.webext = { i18n: { getUILanguage: () => "en-GB", getMessage } };
show("");
await load("shared/translations.js");
await load("shared/vocabulary.js");
for (const name of ["elements", "evidence", "content"]) {
  run(`content/card/card-${name}.js`);
}

const TEXT = "Wind turbines do not cause cancer.";
const ruling = (changes) =>
  rulingOn({ url: "https://paper.example/turbines", claim: "", title: "Wind turbines cause cancer", ...changes });
const statement = (label, evidence, changes) => ({
  start: 0,
  end: TEXT.length,
  label,
  basis: "fact-check",
  probability: 0.09,
  check_worthiness: 0.9,
  evidence,
  reasons: [{ start: 0, end: 13, weight: -1 }],
  note: null,
  why: null,
  is_attribution: false,
  ...changes,
});

/** What the card shows, by part; `null` for a part that is not there. */
function shown(one) {
  const article = CardContent.statement(one, TEXT);
  const text = (part, within = article) => within.querySelector(`[part~="${part}"]`)?.textContent ?? null;
  return {
    headings: [...article.querySelectorAll("h3")].map((heading) => heading.textContent),
    meaning: text("meaning"),
    why: article.querySelector("[data-why]")?.dataset.why ?? null,
    attribution: text("attribution"),
    probability: text("probability"),
    wording: article.querySelector('[part="wording"]')?.dataset.side ?? null,
    underlined: [...article.querySelectorAll("[data-strength]")].map((word) => [word.textContent, Number(word.dataset.strength)]),
    counted: text("counted"),
    rulings: [...article.querySelectorAll("li[data-relation]")].map((item) => ({
      checked: text("checked", item),
      ruling: text("ruling", item),
      colour: item.querySelector("[data-label]")?.dataset.label ?? null,
      link: item.querySelector("a")?.textContent ?? null,
    })),
  };
}

test("a ruling shows what was checked, the rating, who rated it, when, and where", () => {
  const { rulings, headings, meaning } = shown(statement("false", [ruling({})]));
  assert.deepEqual(headings, ["Fact-checks of this claim"]);
  assert.match(meaning, /rated this claim false/);
  assert.deepEqual(rulings, [
    {
      checked: "Wind turbines cause cancer",
      ruling: "False A paper, 3 Apr 2019",
      colour: "false",
      link: "Read the fact-check at A paper",
    },
  ]);
});

test("the publisher's wording of the claim is preferred to the title", () => {
  const { rulings } = shown(statement("false", [ruling({ claim: "Wind turbines give people cancer." })]));
  assert.equal(rulings[0].checked, "“Wind turbines give people cancer.”");
});

test("without a title there is no empty line", () => {
  assert.equal(shown(statement("false", [ruling({ title: "" })])).rulings[0].checked, null);
});

test("a link to a speaker's page is not called a fact-check", () => {
  const speakerPage = ruling({ links_to: "speaker", speaker: "Viral image" });
  assert.equal(shown(statement("false", [speakerPage])).rulings[0].link, "A paper’s page on Viral image");
  const nobody = ruling({ links_to: "speaker" });
  assert.equal(shown(statement("false", [nobody])).rulings[0].link, "A paper’s list of fact-checks");
});

test("a denial says that the opposite was rated false", () => {
  const { headings, meaning, rulings } = shown(statement("true", [ruling({ relation: "opposite-claim" })]));
  assert.deepEqual(headings, ["Fact-checks of the opposite"]);
  assert.equal(meaning, "A published fact-check rated the opposite of this claim false.");
  assert.equal(rulings[0].checked, "The opposite: Wind turbines cause cancer");
  assert.equal(rulings[0].ruling, "False A paper, 3 Apr 2019");
  assert.equal(rulings[0].colour, null, "the colour of the rating would contradict the label");
});

test("a ruling without a rating says so, without a colour", () => {
  const { rulings } = shown(statement("unsure", [ruling({ relation: "related", rating: "", label: null })]));
  assert.equal(rulings[0].ruling, "Rating unknown A paper, 3 Apr 2019");
  assert.equal(rulings[0].colour, null);
});

test("an opposite claim without a title is still called the opposite", () => {
  const { rulings } = shown(statement("true", [ruling({ relation: "opposite-claim", title: "" })]));
  assert.equal(rulings[0].checked, "The opposite of this claim");
});

test("the denial of a true claim says that the opposite was rated true", () => {
  const opposite = ruling({ relation: "opposite-claim", rating: "Correct", label: "true" });
  assert.equal(shown(statement("false", [opposite])).meaning, "A published fact-check rated the opposite of this claim true.");
});

test("with rulings on the claim and on its opposite, the text is about the claim", () => {
  const both = [ruling({ relation: "opposite-claim" }), ruling({ rating: "True", label: "true" })];
  const { headings, meaning } = shown(statement("true", both));
  assert.deepEqual(headings, ["Fact-checks of this claim", "Fact-checks of the opposite"]);
  assert.match(meaning, /rated this claim true/);
});

test("a false opposite agrees with a true claim, and disagrees with a false one", () => {
  const disagreeing = [ruling({ relation: "opposite-claim" }), ruling({})];
  assert.match(shown(statement("mixed", disagreeing)).meaning, /disagree/);
  const related = [ruling({}), ruling({ relation: "related", label: "true" })];
  assert.doesNotMatch(shown(statement("false", related)).meaning, /disagree/);
});

test("without a verdict the card says why and shows similar rulings without colour or number", () => {
  const near = Array.from({ length: 5 }, (_, index) => ruling({ relation: "related", title: `Claim ${index}` }));
  const unsure = statement("unsure", near, { basis: "model", why: "no-ruling" });
  const { headings, meaning, why, probability, rulings } = shown(unsure);
  assert.deepEqual(headings, ["Fact-checks of similar claims"]);
  assert.match(meaning, /none of the fact-checks that Plumbline knows decides it/);
  assert.deepEqual([why, probability], ["no-ruling", null]);
  assert.deepEqual(
    rulings.map(({ checked, colour }) => [checked, colour]),
    [0, 1, 2].map((index) => [`Claim ${index}`, null]),
  );
  assert.doesNotMatch(CardContent.statement(unsure, TEXT).textContent, /in 100/);
});

test("each reason has its own text, and so has an older server's note", () => {
  const texts = vocabulary.WHYS.map((why) => shown(statement("unsure", [], { basis: "model", why })).meaning);
  assert.equal(new Set(texts).size, vocabulary.WHYS.length);
  const noted = shown(statement("unsure", [], { basis: "model", note: "too-long" }));
  assert.equal(noted.why, "too-long");
  assert.match(shown(statement("unsure", [], { basis: "model" })).meaning, /no verdict/);
});

test("an attribution is mentioned only where a ruling decides", () => {
  assert.match(shown(statement("false", [ruling({})], { is_attribution: true })).attribution, /reports what somebody said/);
  assert.equal(shown(statement("false", [ruling({})])).attribution, null);
  const unsure = statement("unsure", [], { basis: "model", why: "no-ruling", is_attribution: true });
  assert.equal(shown(unsure).attribution, null);
});

test("a likely verdict shows its probability and its rulings", () => {
  const near = [ruling({ relation: "related" }), ruling({ relation: "related" })];
  const { probability, wording, rulings } = shown(statement("likely-false", near, { basis: "model" }));
  assert.match(probability, /9 in 100/);
  assert.deepEqual([wording, rulings.length], [null, 2]);
});

test("what the wording suggests is one cautious sentence", () => {
  const wording = (probability, label = "unsure") => shown(statement(label, [], { basis: "model", probability })).wording;
  assert.deepEqual([0.09, 0.5, 0.91, null].map((probability) => wording(probability)), ["false", "even", "true", null]);
  assert.equal(wording(0.09, "no-claim"), null);
  for (const side of ["false", "true"]) {
    assert.match(words(`wording_${side}`), /cannot tell a claim from its denial/);
  }
});

test("words are underlined by the size of their weight, whatever its sign", () => {
  const reasons = [
    { start: 0, end: 13, weight: 0.5 },
    { start: 17, end: 20, weight: 0.01 },
    { start: 21, end: 26, weight: -0.2 },
    { start: 27, end: 33, weight: -1 },
  ];
  const one = statement("unsure", [], { basis: "model", reasons: reasons.toReversed() });
  const { underlined, counted } = shown(one);
  assert.deepEqual(underlined, [["Wind turbines", 2], ["cause", 1], ["cancer", 3]]);
  assert.match(counted, /: “cancer”, “Wind turbines”, “cause”$/);
  const article = CardContent.statement(one, TEXT);
  assert.equal(article.querySelector('[part="quote"]').textContent, TEXT);
  assert.deepEqual([...article.querySelectorAll("h3, li")], [], "there is a list of words");
});

test("word influence is shown when it arrives, and requested only where the check lacks it", () => {
  const likely = statement("likely-false", [], { basis: "model", reasons: [] });
  assert.equal(CardContent.lacksInfluence(likely), true);
  for (const other of [statement("false", []), { ...likely, probability: null }, { ...likely, reasons: [{}] }]) {
    assert.equal(CardContent.lacksInfluence({ ...other, reasons: other.reasons }), false);
  }
  const article = CardContent.statement(likely, TEXT);
  CardContent.underline(article, likely, [], TEXT);
  assert.equal(article.querySelector('[part="counted"]'), null, "nothing counted, nothing is said");
  CardContent.underline(article, likely, [{ start: 27, end: 33, weight: -1 }], TEXT);
  assert.equal(article.querySelector('[data-strength="3"]').textContent, "cancer");
  assert.match(article.querySelector('[part="counted"]').textContent, /“cancer”$/);
});

test("where a ruling decides, no words are underlined", () => {
  const { underlined, counted, wording } = shown(statement("false", [ruling({})]));
  assert.deepEqual([underlined, counted, wording], [[], null, null]);
});

test("the copied text has the rulings on the claim and on its opposite, and no others", () => {
  const evidence = [
    ruling({ relation: "opposite-claim", claim: "Turbines are deadly." }),
    ruling({ rating: "True", label: "true", url: "https://paper.example/2" }),
    ruling({ relation: "related", url: "https://paper.example/3" }),
  ];
  const [verdict, ...sources] = CardContent.plainText(statement("true", evidence), TEXT).split("\n");
  assert.match(verdict, /^“Wind turbines do not cause cancer\.” – True\. /);
  assert.deepEqual(sources, [
    "A paper, False, The opposite: “Turbines are deadly.”, 2019-04-03, https://paper.example/turbines",
    "A paper, True, Wind turbines cause cancer, 2019-04-03, https://paper.example/2",
  ]);
});

test("an invalid address becomes no link", () => {
  for (const url of ["javascript:alert(1)", "", "paper.example"]) {
    assert.equal(shown(statement("false", [ruling({ url })])).rulings[0].link, null);
  }
});
