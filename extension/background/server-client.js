// The client of the server's HTTP API, version 1.

import "../shared/addresses.js";
import "../shared/settings.js";
import { readCheckAnswer, readFactChecksAnswer, readHealthAnswer, readInfluenceAnswer, ServerFailure } from "./server-answers.js";
import { noteSource } from "./verdict-cache.js";

const HEALTH_SECONDS = 5;
const JUDGE_SECONDS = 20;
const UNAUTHORIZED = 401;

/**
 * Have blocks judged.
 *
 * @param {string[]} texts   within the limits of one request
 * @param {Settings} current
 * @param {AbortSignal} signal
 */
export async function check(texts, current, signal) {
  const blocks = texts.map((text, index) => ({ id: String(index), text }));
  const answer = await request(current, "check", current.timeoutSeconds, post({ blocks }, signal));
  return readCheckAnswer(answer, texts);
}

/**
 * Ask how much each word of a statement counted.
 *
 * @param {StatementQuestion} statement
 * @param {Settings} current
 * @param {AbortSignal} signal
 */
export async function weighWords(statement, current, signal) {
  const answer = await request(current, "influence", current.timeoutSeconds, post(statement, signal));
  return readInfluenceAnswer(answer, statement);
}

/**
 * Have a language model read one statement.
 *
 * @param {object} body
 * @param {Settings} current
 * @param {AbortSignal} signal
 */
export function postJudge(body, current, signal) {
  return request(current, "judge", JUDGE_SECONDS, post(body, signal));
}

/** Which language model the server asks. @param {Settings} current */
export function getJudge(current) {
  return request(current, "judge", HEALTH_SECONDS, {});
}

/**
 * Send the reader's feedback on a verdict to the server.
 *
 * @param {{feedback: Feedback}} message
 * @returns {Promise<FeedbackAnswer>}
 */
export async function sendFeedback({ feedback }) {
  const current = await settings.read();
  try {
    await request(current, "feedback", current.timeoutSeconds, post(feedback));
    return { ok: true };
  } catch (error) {
    return { ok: false, failure: failureOf(error, current.serverAddress) };
  }
}

/**
 * Whether the server answers, with its model and version.
 *
 * @returns {Promise<ServerState>}
 */
export async function serverState() {
  const current = await settings.read();
  const address = current.serverAddress;
  try {
    const answer = await request(current, "health", Math.min(HEALTH_SECONDS, current.timeoutSeconds), {});
    const { model, version } = readHealthAnswer(answer);
    await noteSource({ address, model });
    return { ok: true, address, model, version, newest: await newestFactCheck(current) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, address) };
  }
}

/** The day of the newest fact-check; null if the server does not say. @param {Settings} current */
async function newestFactCheck(current) {
  try {
    return readFactChecksAnswer(await request(current, "fact-checks", HEALTH_SECONDS, {}));
  } catch (error) {
    failureOf(error, current.serverAddress);
    return null;
  }
}

/**
 * The failure to show for an error; an error that is not the server's fault is thrown again.
 *
 * @param {unknown} error
 * @param {string} address
 * @returns {Failure}
 */
export function failureOf(error, address) {
  if (error instanceof ServerFailure) {
    return { kind: error.kind, address, detail: error.detail };
  }
  throw error;
}

/** @param {object} body @param {AbortSignal} [signal] @returns {RequestInit} */
function post(body, signal) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
}

/**
 * @param {Settings} current
 * @param {string} route
 * @param {number} seconds
 * @param {RequestInit} init
 * @returns {Promise<unknown>} the JSON of the answer
 */
async function request({ serverAddress, allowedServer, token }, route, seconds, init) {
  const isAllowed =
    addresses.isLoopback(serverAddress) || (serverAddress === allowedServer && (await mayReach(serverAddress)));
  if (!isAllowed) {
    throw new ServerFailure("not-allowed");
  }
  const timeout = AbortSignal.timeout(seconds * 1000);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    const response = await fetch(`${serverAddress}/api/v1/${route}`, {
      ...init,
      headers: { ...init.headers, ...(token && { Authorization: `Bearer ${token}` }) },
      signal,
      cache: "no-store",
      credentials: "omit",
      redirect: "manual",
      referrerPolicy: "no-referrer",
    });
    const text = await response.text();
    if (response.type === "opaqueredirect") {
      throw new ServerFailure("bad-answer");
    }
    if (!response.ok) {
      throw new ServerFailure(response.status === UNAUTHORIZED ? "no-token" : "bad-status", describe(response.status, text));
    }
    return parse(text);
  } catch (error) {
    if (error instanceof ServerFailure || init.signal?.aborted) {
      throw error;
    }
    throw new ServerFailure(timeout.aborted ? "timeout" : "unreachable");
  }
}

/**
 * Whether the browser permits access to a server on another machine, which the reader can change at any time. Firefox always
 * does: it also counts the pages that content scripts run in (https://bugzil.la/1889402).
 *
 * @param {string} address
 */
function mayReach(address) {
  return webext.permissions.contains(addresses.permissionFor(address));
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServerFailure("bad-answer");
  }
}

/**
 * The status, with the server's message if the answer has the shape of an error.
 *
 * @param {number} status
 * @param {string} text
 */
function describe(status, text) {
  try {
    const { message, hint } = JSON.parse(text).error;
    return [`HTTP ${status}:`, message, hint].filter((part) => typeof part === "string").join(" ");
  } catch {
    return `HTTP ${status}`;
  }
}
