"use strict";

{
  const KEY = "settings";

  // Firefox stops the background after 30 s, whatever it is waiting for.
  const LONGEST_TIMEOUT_SECONDS = 24;

  /** @type {Readonly<Settings>} */
  const DEFAULTS = Object.freeze({
    serverAddress: "http://127.0.0.1:8642",
    allowedServer: "",
    token: "",
    autoScanByDefault: false,
    autoScanSites: [],
    autoScanExceptions: [],
    hiddenLabels: [],
    paintUnsure: false,
    offerExplorer: true,
    printMarks: false,
    askFirst: false,
    timeoutSeconds: 20,
    judgeSelections: false,
    judgePages: false,
    allowedJudge: "",
  });

  /** Everything but what is secret and what the reader alone may grant. */
  const EXPORTED = /** @type {(keyof Settings)[]} */ (Object.keys(DEFAULTS)).filter(
    (name) => !["token", "allowedServer", "allowedJudge"].includes(name),
  );

  /** @param {unknown} value */
  const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);

  /**
   * What is stored, with everything that is missing or malformed replaced by its default.
   *
   * @param {any} stored
   * @returns {Settings}
   */
  function complete(stored) {
    const seconds = Number(stored?.timeoutSeconds);
    return {
      serverAddress: addresses.origin(stored?.serverAddress) ?? DEFAULTS.serverAddress,
      allowedServer: addresses.origin(stored?.allowedServer) ?? DEFAULTS.allowedServer,
      token: typeof stored?.token === "string" ? stored.token : DEFAULTS.token,
      autoScanByDefault: stored?.autoScanByDefault === true,
      autoScanSites: texts(stored?.autoScanSites),
      autoScanExceptions: texts(stored?.autoScanExceptions),
      hiddenLabels: texts(stored?.hiddenLabels),
      paintUnsure: stored?.paintUnsure === true,
      offerExplorer: stored?.offerExplorer !== false,
      printMarks: stored?.printMarks === true,
      askFirst: stored?.askFirst === true,
      timeoutSeconds: seconds > 0 && seconds <= LONGEST_TIMEOUT_SECONDS ? seconds : DEFAULTS.timeoutSeconds,
      judgeSelections: stored?.judgeSelections === true,
      judgePages: stored?.judgePages === true,
      allowedJudge: addresses.origin(stored?.allowedJudge) ?? DEFAULTS.allowedJudge,
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

  /** @param {string[]} sites @param {string} site @param {boolean} isIn */
  function withSite(sites, site, isIn) {
    const others = sites.filter((other) => other !== site);
    return isIn ? [...others, site].sort() : others;
  }

  /** @param {string} site @param {boolean} on */
  function setAutoScan(site, on) {
    return modify(({ autoScanByDefault, autoScanSites, autoScanExceptions }) =>
      autoScanByDefault
        ? { autoScanExceptions: withSite(autoScanExceptions, site, !on) }
        : { autoScanSites: withSite(autoScanSites, site, on) },
    );
  }

  /**
   * Whether a language model may be asked: about selections with one switch, about what a scan found with a second one.
   *
   * @param {Settings} current
   * @param {Purpose} purpose
   */
  function mayJudge({ judgeSelections, judgePages }, purpose) {
    return judgeSelections && (purpose === "selection" || judgePages);
  }

  /** What may be written to a file. @param {Settings} current */
  function exported(current) {
    return Object.fromEntries(EXPORTED.map((name) => [name, current[name]]));
  }

  /**
   * The settings that a file holds, or null if it holds none. The server's address is left out unless it is on this
   * machine: another one needs the reader's permission.
   *
   * @param {string} json
   * @returns {Partial<Settings> | null}
   */
  function imported(json) {
    try {
      const given = JSON.parse(json);
      const names = EXPORTED.filter((name) => Object.hasOwn(given, name));
      const completed = complete(given);
      const wanted = names.filter((name) => name !== "serverAddress" || addresses.isLoopback(completed.serverAddress));
      return names.length === 0 ? null : Object.fromEntries(wanted.map((name) => [name, completed[name]]));
    } catch {
      return null;
    }
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
    complete,
    read,
    update,
    setAutoScan,
    mayJudge,
    exported,
    imported,
    watch,
  });
}
