"use strict";

// Which addresses a server may have.

{
  const LOOPBACK_HOSTS = ["127.0.0.1", "localhost"];
  const START = "python3 scripts/start.py";
  const USUAL_PORT = "8642";
  const HTTP_PORT = "80";

  /**
   * The origin of a server, or null if the text does not name one: http or https, no path, nothing that names a person.
   *
   * @param {unknown} text
   */
  function origin(text) {
    const url = URL.parse(String(text));
    const isWeb = url !== null && ["http:", "https:"].includes(url.protocol);
    return isWeb && `${url.origin}/` === url.href ? url.origin : null;
  }

  /**
   * Whether a server runs on this machine. Any other is used only with the reader's explicit permission: a
   * program that changes a checker's address could read everything the reader checks.
   * https://github.com/languagetool-org/languagetool/issues/11091
   *
   * @param {string} address
   */
  function isLoopback(address) {
    const url = URL.parse(address);
    return url !== null && url.protocol === "http:" && LOOPBACK_HOSTS.includes(url.hostname);
  }

  /** What the browser is asked for before text goes to a server; its patterns know no port. @param {string} address */
  function permissionFor(address) {
    const { protocol, hostname } = new URL(address);
    return { origins: [`${protocol}//${hostname}/*`] };
  }

  /** What starts a server at an address on this machine; nothing does at another. @param {string} address */
  function startCommand(address) {
    if (!isLoopback(address)) {
      return "";
    }
    const port = new URL(address).port || HTTP_PORT;
    return port === USUAL_PORT ? START : `${START} --port ${port}`;
  }

  globalThis.addresses = Object.freeze({ origin, isLoopback, permissionFor, startCommand });
}
