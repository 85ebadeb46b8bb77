"use strict";

// The entry script runs in every page; in most it is all that is ever loaded. It notices that the reader selects
// something, that the site is to be scanned, or that the popup or a shortcut asks. Only then are the other content
// scripts loaded, which the manifest lists as web-accessible.
//
// A page could detect the extension by requesting a resource at a known address. Firefox gives an extension a random
// address, and Chromium a new one in each session (`use_dynamic_url`), but resolves relative addresses against the fixed
// one and refuses them. So none of those files imports another; each puts what it defines on the global object, which in
// a content script is not the page's.

{
  // Scripts of an earlier version may have run in this page. Firefox ends them without asking, Chromium leaves them.
  globalThis.plumblineInPage?.stop();

  /** Ends what has begun. @type {AbortController | undefined} */
  let lifetime;
  /** A random name, chosen when first needed: a frame does not know its own `frameId`. */
  let frame = "";
  /** The settings as they are stored; what is missing is read as its default. @type {unknown} */
  let stored;
  /** The site whose switch counts for this frame. @type {string | undefined} */
  let pageSite;
  let marksAreHidden = false;
  /** @type {PageController | null} */
  let controller = null;
  /** @type {ReloadNotice | null} */
  let reloadNotice = null;
  /** When to begin at the latest, in a page that is never idle. */
  const LATEST_MS = 1000;
  let hasEnded = false;
  /** @type {Promise<void> | undefined} */
  let settingsAreRead;
  let stopAnswering = () => {};
  /** @type {PromiseWithResolvers<PageController>} */
  const loaded = Promise.withResolvers();
  let isLoading = false;

  /** Load the rest. @returns {Promise<PageController>} never settles if the extension is gone */
  function loadRest() {
    if (!isLoading) {
      isLoading = true;
      loadScripts();
    }
    return loaded.promise;
  }

  async function loadScripts() {
    try {
      begin();
      await settingsAreRead;
      /** @type {any} */
      const manifest = webext.runtime.getManifest();
      await importAll(manifest.web_accessible_resources[0].resources);
    } catch (error) {
      if (messages.isCutOff()) {
        endWithNotice();
        return;
      }
      throw error;
    }
    reloadNotice ??= new ReloadNotice();
    if (lifetime && !hasEnded) {
      const { signal } = lifetime;
      controller = new PageController({ shadowRoots: () => watcher.shadowRoots, onCutOff: endWithNotice, signal });
      controller.hideMarks(marksAreHidden);
      controller.follow(settings.complete(stored), isScanned());
      loaded.resolve(controller);
    }
  }

  /** @param {string[]} paths */
  async function importAll(paths) {
    await Promise.all(paths.map(importOwn));
  }

  /** Whether this page or frame is scanned without being asked; a frame is as the page that it stands in. */
  function isScanned() {
    return pageSite !== undefined && autoScan.isOn(stored, pageSite);
  }

  /** The site of the page that this frame stands in, or nothing yet. */
  function siteOfPage() {
    if (top === self) {
      return location.hostname;
    }
    // earlier versions of Firefox have no such list
    const origin = location.ancestorOrigins?.item(location.ancestorOrigins.length - 1);
    return origin ? (URL.parse(origin)?.hostname ?? "") : undefined;
  }

  /** @param {unknown} settingsNow */
  async function follow(settingsNow) {
    stored = settingsNow;
    pageSite ??= siteOfPage();
    if (pageSite === undefined && autoScan.isOnSomewhere(stored)) {
      pageSite = await messages.ask({ type: "site-of-page" });
    }
    controller?.follow(settings.complete(stored), isScanned());
    if (isScanned()) {
      loadRest();
    }
  }

  /** Read the settings, and follow every change. @param {AbortSignal} signal */
  async function readSettings(signal) {
    const KEY = "settings";
    /** @type {Parameters<typeof webext.storage.onChanged.addListener>[0]} */
    const onChanged = (changes, area) => {
      if (area === "local" && KEY in changes) {
        follow(changes[KEY].newValue);
      }
    };
    const reading = webext.storage.local.get(KEY);
    webext.storage.onChanged.addListener(onChanged);
    // after an update of the extension there is no API left to take the listener from
    signal.addEventListener("abort", () => webext.storage?.onChanged.removeListener(onChanged));
    await follow((await reading)[KEY]);
  }

  /** Load the notice in advance: once the extension is gone it can no longer be loaded. */
  async function prepareReloadNotice() {
    if (document.hidden && !reloadNotice && !messages.isCutOff()) {
      const files = ["shared/translations.js", "content/card/card-host.js", "content/reload-notice.js"];
      await importAll(files.map((file) => `extension/${file}`));
      reloadNotice ??= new ReloadNotice();
    }
  }

  function stop() {
    hasEnded = true;
    watcher.destroy();
    lifetime?.abort();
    cancelIdleCallback(whenIdle);
    controller?.close();
    stopAnswering();
    globalThis.plumblineInPage = undefined;
  }

  /** End everything and tell the reader: the extension is gone. */
  function endWithNotice() {
    if (!hasEnded) {
      stop();
      reloadNotice?.show();
    }
  }

  /** The report of a frame in which nothing is loaded yet. @returns {FindingsReport} */
  function emptyReport() {
    // `randomUUID` is for secure pages only
    frame ||= String(crypto.getRandomValues(new Uint32Array(2)));
    return { frame, isTop: top === self, isScanning: isScanned(), findings: [], counts: {} };
  }

  /** Follow the settings, the popup and the shortcuts, and catch up on what was selected before. */
  function begin() {
    if (lifetime || hasEnded) {
      return;
    }
    lifetime = new AbortController();
    const { signal } = lifetime;
    cancelIdleCallback(whenIdle);
    if (messages.isCutOff()) {
      endWithNotice();
      return;
    }
    settingsAreRead = readSettings(signal);
    stopAnswering = messages.answer(
      {
        /** @returns {Page} */
        "page-state": () => ({
          hostname: location.hostname,
          kind: document.contentType === "application/pdf" ? "pdf" : "page",
          marksAreHidden,
          isAutoScanned: isScanned(),
          isScanning: controller?.isScanning ?? isScanned(),
        }),
        "open-finding": async (message) => (message.frame === frame ? (await loadRest()).jump(message.id) : undefined),
        "step-to-finding": async ({ direction }) => (await loadRest()).step(direction),
        "hide-marks"({ hidden }) {
          marksAreHidden = hidden;
          controller?.hideMarks(hidden);
          return true;
        },
        "check-selection": async () => (await loadRest()).checkSelection(),
      },
      {
        findings(send, gone) {
          send(emptyReport());
          loaded.promise.then((page) => page.report((found) => send({ ...emptyReport(), ...found }), gone));
        },
      },
    );
    // a page that is going away is hidden as well, but has no time left for this
    addEventListener("visibilitychange", () => setTimeout(prepareReloadNotice), { signal });
    watcher.catchUp();
    if (CSS.highlights.size > 0 || document.querySelector(CARD_NAME)) {
      // perhaps left by an earlier version, which Firefox has stopped without notice; the rest cleans up
      loadRest();
    }
  }

  const watcher = new SelectionWatcher({
    onBegin: loadRest,
    onSelected: async () => (await loadRest()).onSelected(),
    onLeft: () => controller?.onLeft(),
  });
  // do not compete with the page while it loads
  const whenIdle = requestIdleCallback(begin, { timeout: LATEST_MS });
  globalThis.plumblineInPage = { begin, stop };
}
