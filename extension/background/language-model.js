// A language model's explanation of one statement, requested once a card is shown. The server asks the model; the text goes
// to another machine only if the reader allowed that exact address.

import "../shared/settings.js";
import { readJudgeAnswer, readJudgeState } from "./server-answers.js";
import { keepAliveFor } from "./keep-alive.js";
import { failureOf, getJudge, postJudge } from "./server-client.js";

/**
 * Answer a content script. The question is dropped when its card is closed.
 *
 * @param {{question: JudgeQuestion}} message
 * @param {Sender} _sender
 * @param {AbortSignal} gone
 * @returns {Promise<JudgeAnswer>}
 */
export function judgeForTab({ question }, _sender, gone) {
  return keepAliveFor(ask(question, gone));
}

/** @param {JudgeQuestion} question @param {AbortSignal} gone @returns {Promise<JudgeAnswer>} */
async function ask({ purpose, text, start, end }, gone) {
  const current = await settings.read();
  if (!settings.mayJudge(current, purpose)) {
    return { ok: false };
  }
  const wellFormed = text.toWellFormed();
  try {
    const body = { text: wellFormed, start, end, judge: current.allowedJudge };
    return { ok: true, ...readJudgeAnswer(await postJudge(body, current, gone), wellFormed, { start, end }) };
  } catch (error) {
    if (!gone.aborted) {
      failureOf(error, current.serverAddress);
    }
    // the card stays as it was, whatever the reason
    return { ok: false };
  }
}

/**
 * Which language model the server asks.
 *
 * @returns {Promise<JudgeState | null>} null if it asks none, or does not answer
 */
export async function judgeState() {
  const current = await settings.read();
  try {
    return readJudgeState(await getJudge(current));
  } catch (error) {
    failureOf(error, current.serverAddress);
    return null;
  }
}
