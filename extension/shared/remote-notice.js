import "./addresses.js";
import "./translations.js";
import { byId } from "./by-id.js";

/**
 * While the server, or a language model that it asks, is on another machine, say so in the page's element `remote`.
 *
 * @param {Settings} current
 */
export function showRemoteNotice({ serverAddress, judgeSelections, allowedJudge }) {
  const notice = byId("remote");
  const kind = (/** @type {string} */ address) => (address.startsWith("http:") ? "plain" : "encrypted");
  const said = [
    ...(addresses.isLoopback(serverAddress) ? [] : [words(`remote_${kind(serverAddress)}`, serverAddress)]),
    ...(judgeSelections && allowedJudge ? [words(`remote_judge_${kind(allowedJudge)}`, allowedJudge)] : []),
  ];
  notice.hidden = said.length === 0;
  notice.textContent = said.join(" ");
}
