"use strict";

{
  const KEY = "settings";

  // Firefox stops the background after 30 s, whatever it is waiting for.
  const LONGEST_TIMEOUT_SECONDS = 24;

  /** @type {Readonly<Settings>} */
  const DEFAULTS = Object.freeze({
    serverAddress: "http://127.0.0.1:8642",
    autoScanSites: [],
    paintUnsure: false,
    timeoutSeconds: 20,
  });

  /**
   * The origin of a server on this machine, or null. A program that changes the address of a checker reads along:
   * https://github.com/languagetool-org/languagetool/issues/11091
   *
   * @param {unknown} text
   */
  function loopbackAddress(text) {
    const url = URL.parse(String(text));
    const isLoopback = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
    const isOrigin = url !== null && `${url.origin}/` === url.href;
    return isLoopback && isOrigin ? url.origin : null;
  }

  /**
   * What is stored, with everything that is missing or malformed replaced by its default.
   *
   * @param {any} stored
   * @returns {Settings}
   */
  function complete(stored) {
    const sites = Array.isArray(stored?.autoScanSites) ? stored.autoScanSites : [];
    const seconds = Number(stored?.timeoutSeconds);
    return {
      serverAddress: loopbackAddress(stored?.serverAddress) ?? DEFAULTS.serverAddress,
      autoScanSites: sites.filter((/** @type {unknown} */ site) => typeof site === "string"),
      paintUnsure: stored?.paintUnsure === true,
      timeoutSeconds: seconds > 0 && seconds <= LONGEST_TIMEOUT_SECONDS ? seconds : DEFAULTS.timeoutSeconds,
    };
  }

  async function read() {
    return complete((await webext.storage.local.get(KEY))[KEY]);
  }

  /** @param {(current: Settings) => Partial<Settings>} change */
  async function modify(change) {
    // popup, options and background share an origin, hence the lock
    await navigator.locks.request(KEY, async () => {
      const current = await read();
      await webext.storage.local.set({ [KEY]: { ...current, ...change(current) } });
    });
  }

  /** @param {Partial<Settings>} changes */
  function update(changes) {
    return modify(() => changes);
  }

  /** @param {string} site @param {boolean} on */
  function setAutoScan(site, on) {
    return modify(({ autoScanSites }) => {
      const others = autoScanSites.filter((other) => other !== site);
      return { autoScanSites: on ? [...others, site].sort() : others };
    });
  }

  /**
   * Call `listener` with the settings after each change of them.
   *
   * @param {(settings: Settings) => void} listener
   * @param {AbortSignal} signal
   */
  function watch(listener, signal) {
    /** @type {Parameters<typeof webext.storage.onChanged.addListener>[0]} */
    const onChanged = (changes, area) => {
      if (area === "local" && KEY in changes) {
        listener(complete(changes[KEY].newValue));
      }
    };
    webext.storage.onChanged.addListener(onChanged);
    // after an update of the extension there is no API left to take the listener from
    signal.addEventListener("abort", () => webext.storage?.onChanged.removeListener(onChanged));
  }

  globalThis.settings = Object.freeze({
    DEFAULTS,
    LONGEST_TIMEOUT_SECONDS,
    loopbackAddress,
    read,
    update,
    setAutoScan,
    watch,
  });
}
