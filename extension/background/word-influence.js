// How much each word of a statement counted, requested once a card is shown.

import "../shared/settings.js";
import { keepAliveFor } from "./keep-alive.js";
import { failureOf, weighWords } from "./server-client.js";

/**
 * Answer a content script. The question is dropped when its card is closed.
 *
 * @param {{question: StatementQuestion}} message
 * @param {Sender} _sender
 * @param {AbortSignal} gone
 * @returns {Promise<Reason[]>}
 */
export function influenceForTab({ question }, _sender, gone) {
  return keepAliveFor(ask(question, gone));
}

/** @param {StatementQuestion} question @param {AbortSignal} gone */
async function ask(question, gone) {
  const current = await settings.read();
  try {
    return await weighWords({ ...question, text: question.text.toWellFormed() }, current, gone);
  } catch (error) {
    if (!gone.aborted) {
      failureOf(error, current.serverAddress);
    }
    // the card stays as it was, whatever the reason: an older server does not know the question
    return [];
  }
}
