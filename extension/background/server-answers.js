// Validates the server's answers before pages, card and popup get them.

import "../shared/vocabulary.js";

/** A request to the server failed. */
export class ServerFailure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {string} [detail]   the server's message
   */
  constructor(kind, detail = "") {
    super(`${kind} ${detail}`.trim());
    this.kind = kind;
    this.detail = detail;
  }
}

/** Further reasons change a verdict little and would fill the cache. */
const MOST_REASONS = 8;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** The longest explanation of a language model, in characters. */
const LONGEST_EXPLANATION = 300;
const LONGEST_NAME = 200;
const POLICIES = ["explain", "veto", "decide"];

/**
 * @param {any} answer
 * @param {string[]} texts   what was asked
 * @returns {{model: string, factChecks: FactChecks | null, blocks: Statement[][]}} the statements of each text, in its order
 */
export function readCheckAnswer(answer, texts) {
  return rejectMalformed(() => {
    const blocks = texts.map((text, index) => {
      const { id, statements } = answer.blocks[index];
      ensure(id === String(index));
      return array(statements).map((statement) => readStatement(statement, text));
    });
    ensure(answer.blocks.length === texts.length);
    return { model: string(answer.model), factChecks: readFactChecks(answer.fact_checks), blocks };
  });
}

/** The fact-checks that verdicts rest on; an older server does not send them. @param {any} known @returns {FactChecks | null} */
function readFactChecks(known) {
  const { count, newest = null } = known ?? {};
  return Number.isInteger(count) && (newest === null || DAY.test(newest)) ? { count, newest } : null;
}

/** @param {any} answer @param {StatementQuestion} statement @returns {Reason[]} */
export function readInfluenceAnswer(answer, { text, start, end }) {
  return rejectMalformed(() => {
    const influence = array(answer.influence).map((one) => readReason(one, text));
    ensure(influence.every((one) => start <= one.start && one.end <= end));
    return influence;
  });
}

/** @param {any} answer */
export function readHealthAnswer(answer) {
  return rejectMalformed(() => {
    ensure(answer.name === "plumbline" && answer.ready === true);
    return { model: string(answer.model), version: string(answer.version) };
  });
}

/** The day of the newest fact-check. @param {any} answer @returns {string | null} */
export function readFactChecksAnswer(answer) {
  return rejectMalformed(() => {
    ensure(answer.newest === null || DAY.test(answer.newest));
    return answer.newest;
  });
}

/**
 * A language model's answer about a statement. It is not trusted: its explanation must be one short line of text.
 *
 * @param {any} answer
 * @param {string} text   of the statement's block
 * @param {{start: number, end: number}} place   of the statement that was asked about
 */
export function readJudgeAnswer(answer, text, place) {
  return rejectMalformed(() => {
    const { explanation, is_changed: isChanged } = answer;
    const statement = readStatement(answer.statement, text);
    ensure(statement.start === place.start && statement.end === place.end);
    ensure(string(explanation).length <= LONGEST_EXPLANATION && !/\p{C}/u.test(explanation));
    return { judge: readJudge(answer.judge), explanation, isChanged: isChanged === true, statement };
  });
}

/** Which language model the server asks, if any. @param {any} answer @returns {JudgeState | null} */
export function readJudgeState({ judge }) {
  return rejectMalformed(() => (judge === null ? null : { ...readJudge(judge), isThere: judge.is_there === true }));
}

/** @param {any} judge @returns {Judge} */
function readJudge({ model, address, is_here: isHere, policy }) {
  ensure(POLICIES.includes(policy) && string(model).length <= LONGEST_NAME);
  return { model, address: string(address), isHere: isHere === true, policy };
}

/** @param {any} statement @param {string} text @returns {Statement} */
function readStatement(statement, text) {
  const { start, end, label, basis, probability, note = null, why = null } = statement;
  ensure(isSpan(start, end, text.length));
  ensure(vocabulary.LABELS.includes(label) && vocabulary.BASES.includes(basis));
  ensure(probability === null || isProbability(probability));
  ensure(note === null || vocabulary.NOTES.includes(note));
  ensure(why === null || vocabulary.WHYS.includes(why));
  return {
    start,
    end,
    label,
    basis,
    probability,
    check_worthiness: Number(statement.check_worthiness),
    evidence: array(statement.evidence).map(readEvidence),
    reasons: array(statement.reasons)
      .map((reason) => readReason(reason, text))
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, MOST_REASONS),
    note,
    why,
    is_attribution: statement.is_attribution === true,
  };
}

/** @param {any} reason @param {string} text @returns {Reason} */
function readReason({ start, end, weight }, text) {
  ensure(isSpan(start, end, text.length) && Number.isFinite(weight));
  return { start, end, weight };
}

/** @param {any} evidence @returns {Evidence} */
function readEvidence(evidence) {
  const isRated = evidence.label === null || vocabulary.LABELS.includes(evidence.label);
  const { links_to: linksTo = "ruling" } = evidence;
  ensure(vocabulary.RELATIONS.includes(evidence.relation) && vocabulary.LINKS_TO.includes(linksTo) && isRated);
  return {
    relation: evidence.relation,
    publisher: string(evidence.publisher),
    rating: string(evidence.rating),
    label: optionalString(evidence.label),
    speaker: optionalString(evidence.speaker),
    date: optionalString(evidence.date),
    url: optionalString(evidence.url),
    claim: optionalString(evidence.claim),
    title: optionalString(evidence.title),
    links_to: linksTo,
    similarity: Number(evidence.similarity),
  };
}

/**
 * Any error while reading means that the answer is malformed.
 *
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
function rejectMalformed(read) {
  try {
    return read();
  } catch {
    throw new ServerFailure("bad-answer");
  }
}

/** @param {unknown} value @returns {string} */
function string(value) {
  ensure(typeof value === "string");
  return /** @type {string} */ (value);
}

/** @param {unknown} value */
function optionalString(value) {
  return value === null || value === undefined ? "" : string(value);
}

/** @param {unknown} value @returns {any[]} */
function array(value) {
  ensure(Array.isArray(value));
  return /** @type {any[]} */ (value);
}

/** @param {unknown} start @param {unknown} end @param {number} length */
function isSpan(start, end, length) {
  return Number.isInteger(start) && Number.isInteger(end) && 0 <= Number(start) && Number(start) < Number(end) && Number(end) <= length;
}

/** @param {unknown} value */
function isProbability(value) {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** @param {boolean} condition */
function ensure(condition) {
  if (!condition) {
    throw new TypeError("the answer does not follow the contract");
  }
}
