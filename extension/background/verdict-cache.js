// Verdicts by the hash of their text, shared by all tabs, in memory only (storage.session) and bounded.
//
// They are kept as JSON: browsers count the memory that a value takes, which for objects is several times as much, and
// refuse more than 10 MB. https://developer.chrome.com/docs/extensions/reference/api/storage#storage_areas

import "../shared/browser.js";

const PREFIX = "verdict:";
const INDEX = "verdicts";
const MOST_TEXTS = 4000;
const MOST_CHARACTERS = 4_000_000;
/** A reader may import fact-checks at any time, so a verdict must not be kept for long. */
const LONGEST_MS = 15 * 60_000;

/**
 * Which server and model the verdicts come from, and which fact-checks they rest on where that is known.
 *
 * @typedef {{address: string, model: string, factChecks?: FactChecks | null}} Source
 */

/**
 * The oldest entry first; `size` is counted in characters of JSON, `since` is the time of the first entry.
 *
 * @typedef {{source: Source, since: number, size: number, entries: [key: string, size: number][]}} Index
 */

/** Changes of the index happen one after the other. @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * The cached verdicts of a server on some texts, those included that are still being written.
 *
 * @param {string} address
 * @param {string[]} texts
 * @returns {Promise<{model: string, factChecks: FactChecks | null, found: (Statement[] | undefined)[]}>}
 */
export async function recall(address, texts) {
  const keys = await Promise.all(texts.map(keyOf));
  await queue;
  const stored = await webext.storage.session.get([...keys, INDEX]);
  const index = indexIn(stored);
  const { source } = index;
  const isUsable = source.address === address && !isStale(index);
  return {
    model: source.model,
    factChecks: source.factChecks ?? null,
    found: keys.map((key) => (isUsable && key in stored ? JSON.parse(String(stored[key])) : undefined)),
  };
}

/**
 * Keep verdicts; those of another server or model are dropped.
 *
 * @param {Source} source
 * @param {string[]} texts
 * @param {Statement[][]} blocks
 */
export function remember(source, texts, blocks) {
  return inTurn(async () => {
    const index = await indexFor(source);
    const known = new Set(index.entries.map(([key]) => key));
    /** @type {Record<string, unknown>} */
    const added = {};
    for (const [position, text] of texts.entries()) {
      const key = await keyOf(text);
      if (!known.has(key)) {
        const json = JSON.stringify(blocks[position]);
        added[key] = json;
        index.entries.push([key, json.length]);
        index.size += json.length;
        known.add(key);
      }
    }
    const surplus = takeSurplus(index);
    await webext.storage.session.remove(surplus);
    surplus.forEach((key) => delete added[key]);
    await webext.storage.session.set({ ...added, [INDEX]: index });
  });
}

/** Note the model that a server answers with, and drop the verdicts of others. @param {Source} source */
export function noteSource(source) {
  return inTurn(async () => {
    await webext.storage.session.set({ [INDEX]: await indexFor(source) });
  });
}

/** Drop everything. */
export function forgetVerdicts() {
  return inTurn(async () => {
    const { entries } = indexIn(await webext.storage.session.get(INDEX));
    await webext.storage.session.remove([...entries.map(([key]) => key), INDEX]);
    return true;
  });
}

/**
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
function inTurn(task) {
  const result = queue.then(task);
  queue = result.catch(() => undefined);
  return result;
}

/** The index, emptied if it is about another source. @param {Source} source */
async function indexFor(source) {
  const index = indexIn(await webext.storage.session.get(INDEX));
  const { address, model } = index.source;
  const isSame = address === source.address && model === source.model && restOnTheSame(index.source, source);
  if (isSame && !isStale(index)) {
    return index;
  }
  await webext.storage.session.remove(index.entries.map(([key]) => key));
  return { ...emptyIndex(), source, since: Date.now() };
}

/** Whether verdicts rest on the same fact-checks; a source that does not say agrees with any. @param {Source} known @param {Source} now */
function restOnTheSame(known, now) {
  return now.factChecks === undefined || JSON.stringify(now.factChecks) === JSON.stringify(known.factChecks);
}

/** @param {Index} index */
function isStale({ since }) {
  return Date.now() - since > LONGEST_MS;
}

/** @param {Record<string, unknown>} stored */
function indexIn(stored) {
  return /** @type {Index} */ (stored[INDEX] ?? emptyIndex());
}

/** @returns {Index} */
function emptyIndex() {
  return { source: { address: "", model: "" }, since: 0, size: 0, entries: [] };
}

/** Take the oldest entries out of the index until it is small enough; their keys. @param {Index} index */
function takeSurplus(index) {
  let surplus = 0;
  while (index.entries.length - surplus > MOST_TEXTS || index.size > MOST_CHARACTERS) {
    index.size -= index.entries[surplus][1];
    surplus += 1;
  }
  return index.entries.splice(0, surplus).map(([key]) => key);
}

/** @param {string} text */
async function keyOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return PREFIX + Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
