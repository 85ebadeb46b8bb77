import assert from "node:assert/strict";
import test from "node:test";

import { show } from "./jsdom-page.mjs";
import { run } from "./extension-api.mjs";

globalThis.words = (key) => key;
show("");
run("content/card/card-elements.js");
run("content/card/card-look-up.js");

const ways = (label, said, offersExplorer = true) => globalThis.CardLookUp.ways(label, said, { search: () => undefined, offersExplorer });

test("only unsure statements offer a search", () => {
  for (const label of ["false", "mixed", "true", "likely-false", "likely-true", "no-claim"]) {
    assert.deepEqual(ways(label, "The bridge is old."), []);
  }
});

test("the whole sentence is encoded in the address", () => {
  const said = "It's (the bridge); 50% & “old”!* 💥 \ud83d";
  const [row] = ways("unsure", said);
  const address = row.querySelector("a").getAttribute("href");
  const [asked] = address.split("/").at(-1).split(";");
  assert.equal(decodeURIComponent(asked), said.toWellFormed());
  assert.match(asked, /^[\w%.~-]+$/);
});

test("without the external link only the search is offered", () => {
  const [row] = ways("unsure", "The bridge is old.", false);
  assert.equal(row.querySelector("a"), null);
  assert.equal(row.querySelectorAll("button").length, 1);
});
