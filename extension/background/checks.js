// Has texts judged: cached verdicts first, the rest in small requests.

import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/vocabulary.js";
import { keepAliveFor } from "./keep-alive.js";
import { check, failureOf } from "./server-client.js";
import { recall, remember } from "./verdict-cache.js";

// The server takes 500 blocks and 1 MiB; small requests are answered sooner, long before Firefox stops the background.
const MOST_BLOCKS = 100;
const MOST_UNITS = 100_000;

/** The last request of each tab's page; they run one at a time. @type {Map<number, Promise<unknown>>} */
const pages = new Map();
/** Aborts the request of each tab's selection; only the latest counts. @type {Map<number, AbortController>} */
const selections = new Map();

/**
 * Answer a content script.
 *
 * @param {{purpose: Purpose, texts: string[]}} message
 * @param {Sender} sender
 * @returns {Promise<CheckAnswer>}
 */
export function checkForTab({ purpose, texts }, sender) {
  const tabId = sender.tab?.id ?? -1;
  return keepAliveFor(purpose === "selection" ? checkSelection(texts, tabId) : checkPage(texts, tabId));
}

/** @param {string[]} texts @param {number} tabId */
async function checkSelection(texts, tabId) {
  selections.get(tabId)?.abort();
  const controller = new AbortController();
  selections.set(tabId, controller);
  try {
    return await checkAll(texts, await settings.read(), controller.signal);
  } finally {
    if (selections.get(tabId) === controller) {
      selections.delete(tabId);
    }
  }
}

/** @param {string[]} texts @param {number} tabId */
async function checkPage(texts, tabId) {
  const before = pages.get(tabId) ?? Promise.resolve();
  const answer = before.then(async () => {
    const current = await settings.read();
    const all = await checkAll(texts, current, new AbortController().signal);
    return withoutUnpaintedDetails(all, vocabulary.paintedLabels(current));
  });
  const done = answer.catch(() => undefined);
  pages.set(tabId, done);
  try {
    return await answer;
  } finally {
    if (pages.get(tabId) === done) {
      pages.delete(tabId);
    }
  }
}

/**
 * An answer without evidence and reasons for statements that are not painted, since no card shows them: they are most of
 * a long page's answer.
 *
 * @param {CheckAnswer} answer
 * @param {readonly string[]} labels   those that are painted
 * @returns {CheckAnswer}
 */
function withoutUnpaintedDetails(answer, labels) {
  /** @param {Statement} statement */
  const withoutDetails = (statement) =>
    labels.includes(statement.label) ? statement : { ...statement, evidence: [], reasons: [] };
  return answer.ok ? { ...answer, blocks: answer.blocks.map((statements) => statements.map(withoutDetails)) } : answer;
}

/**
 * @param {string[]} texts
 * @param {Settings} current
 * @param {AbortSignal} signal
 * @returns {Promise<CheckAnswer>}
 */
async function checkAll(texts, current, signal) {
  // a selection may cut a surrogate pair in two; the replacement has the same length
  const wellFormed = texts.map((text) => text.toWellFormed());
  const known = await recall(current.serverAddress, wellFormed);
  const unknown = [...new Set(wellFormed.filter((_, index) => known.found[index] === undefined))];
  let { model, factChecks } = known;
  /** @type {Map<string, Statement[]>} */
  const fresh = new Map();
  try {
    for (const batch of batches(unknown)) {
      const answer = await check(batch, current, signal);
      ({ model, factChecks } = answer);
      batch.forEach((text, index) => fresh.set(text, answer.blocks[index]));
      const source = { address: current.serverAddress, model, factChecks };
      // the reader need not wait for it
      void remember(source, batch, answer.blocks);
    }
  } catch (error) {
    if (signal.aborted) {
      return { ok: false, failure: { kind: "interrupted", address: current.serverAddress, detail: "" } };
    }
    return { ok: false, failure: failureOf(error, current.serverAddress) };
  }
  const blocks = wellFormed.map((text, index) => fresh.get(text) ?? known.found[index] ?? []);
  return { ok: true, model, factChecks, address: current.serverAddress, blocks };
}

/** @param {string[]} texts */
function batches(texts) {
  /** @type {string[][]} */
  const made = [];
  let units = Infinity;
  for (const text of texts) {
    const isFull = made.at(-1)?.length === MOST_BLOCKS || units + text.length > MOST_UNITS;
    if (isFull) {
      made.push([]);
      units = 0;
    }
    made.at(-1)?.push(text);
    units += text.length;
  }
  return made;
}
