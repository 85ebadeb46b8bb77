// Firefox stops the background 30 s after the last call of an extension API, even while it waits for an answer
// (measured with Firefox 153: a pending promise, sendResponse or port does not count).

import "../shared/browser.js";

const CALL_EVERY_MS = 10_000;

let tasks = 0;
/** @type {ReturnType<typeof setInterval> | undefined} */
let calling;

/**
 * Keep the background running until a promise settles.
 *
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export async function keepAliveFor(promise) {
  tasks += 1;
  calling ??= setInterval(() => webext.runtime.getPlatformInfo(), CALL_EVERY_MS);
  try {
    return await promise;
  } finally {
    tasks -= 1;
    if (tasks === 0) {
      clearInterval(calling);
      calling = undefined;
    }
  }
}
