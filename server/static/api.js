// The one place that asks the server.

import { askForToken, authorization } from "./token.js";
import { words } from "./words.js";

/** An error answer of the server, or none at all. */
export class Failure extends Error {
  /** @param {string} code @param {string} message @param {string} hint */
  constructor(code, message, hint) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

const TOKEN_REQUIRED = "token-required";

/**
 * Ask the server, and the reader for the access token if the server wants one.
 *
 * @param {string} path
 * @param {RequestInit} options
 * @returns {Promise<Response>}   a good answer; others are thrown as Failure
 */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...options.headers, ...authorization() } });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Failure("no-server", words("failure_no_server"), words("failure_no_server_hint"));
  }
  if (!response.ok) {
    const { code, message, hint } = (await json(response)).error;
    if (code === TOKEN_REQUIRED && (await askForToken())) {
      return ask(path, options);
    }
    throw new Failure(code, message, hint);
  }
  return response;
}

/** @param {string} path @param {AbortSignal} [signal] */
export async function get(path, signal) {
  return json(await ask(path, { signal }));
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
export async function post(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return json(await ask(path, { method: "POST", headers, body: JSON.stringify(body), signal }));
}

/** @param {string} path */
export async function remove(path) {
  await ask(path, { method: "DELETE" });
}

/** @param {Response} response */
async function json(response) {
  try {
    return await response.json();
  } catch {
    throw new Failure(
      "not-json",
      words("failure_not_json", { STATUS: response.status }),
      words("failure_not_json_hint"),
    );
  }
}
