import "./addresses.js";
import "./words.js";
import { byId } from "./by-id.js";

/** As long as the server is on another machine, say so in the page's element `remote`. @param {Settings} current */
export function showRemoteNotice({ serverAddress }) {
  const notice = byId("remote");
  notice.hidden = addresses.isLoopback(serverAddress);
  const isPlain = serverAddress.startsWith("http:");
  notice.textContent = notice.hidden ? "" : words(isPlain ? "remote_plain" : "remote_encrypted", serverAddress);
}
