"use strict";

// The first of Plumbline in a page, and in most pages all there is of it: it notices that the reader selects something,
// that the site is to be scanned, or that the popup or a shortcut asks. Only then the other content scripts are loaded.

{
  // Scripts of an earlier version may have run in this page. Firefox ends them without asking, Chromium leaves them.
  globalThis.stopPlumbline?.();

  const ended = new AbortController();
  const { signal } = ended;
  const farewell = new Farewell();
  /** Frames have no other name that they know themselves; drawn by lot when somebody asks. */
  let frame = "";
  let current = settings.DEFAULTS;
  let marksAreHidden = false;
  /** @type {Plumbline | null} */
  let plumbline = null;
  /** @type {PromiseWithResolvers<Plumbline>} */
  const loaded = Promise.withResolvers();
  let isLoading = false;

  /** Have the rest loaded. @returns {Promise<Plumbline>} it never comes if the extension is gone */
  function whole() {
    if (!isLoading) {
      isLoading = true;
      load();
    }
    return loaded.promise;
  }

  async function load() {
    farewell.prepare();
    await isReady;
    try {
      await loadParts();
    } catch (error) {
      if (messages.isCutOff()) {
        leave();
        return;
      }
      throw error;
    }
    if (!signal.aborted) {
      plumbline = new Plumbline({ shadowRoots: () => watcher.shadowRoots, onCutOff: leave, signal });
      plumbline.hideMarks(marksAreHidden);
      plumbline.follow(current, isScanned());
      loaded.resolve(plumbline);
    }
  }

  /** Whether this frame is scanned without being asked; a frame of another site inside a page never is. */
  function isScanned() {
    try {
      return top?.location.hostname === location.hostname && settings.isAutoScanned(current, location.hostname);
    } catch {
      return false;
    }
  }

  /** @param {Settings} wanted */
  function follow(wanted) {
    current = wanted;
    plumbline?.follow(wanted, isScanned());
    if (isScanned()) {
      whole();
    }
  }

  function stop() {
    ended.abort();
    plumbline?.close();
    stopAnswering();
    globalThis.stopPlumbline = undefined;
  }

  /** The extension is gone: end everything, and say so. */
  function leave() {
    if (!signal.aborted) {
      stop();
      farewell.say();
    }
  }

  /** What this frame says before anything is loaded. @returns {FindingsReport} */
  function nothingFound() {
    // `randomUUID` is for secure pages only
    frame ||= String(crypto.getRandomValues(new Uint32Array(2)));
    return { frame, isTop: top === self, isScanning: isScanned(), findings: [], counts: {} };
  }

  const stopAnswering = messages.answer(
    {
      /** @returns {Page} */
      site: () => ({
        hostname: location.hostname,
        kind: document.contentType === "application/pdf" ? "pdf" : "page",
        marksAreHidden,
        isAutoScanned: isScanned(),
        isScanning: plumbline?.isScanning ?? isScanned(),
      }),
      jump: async (message) => (message.frame === frame ? (await whole()).jump(message.id) : undefined),
      step: async ({ direction }) => (await whole()).step(direction),
      marks({ hidden }) {
        marksAreHidden = hidden;
        plumbline?.hideMarks(hidden);
        return true;
      },
      "check-selection": async () => (await whole()).checkSelection(),
    },
    {
      findings(send, gone) {
        send(nothingFound());
        loaded.promise.then((rest) => rest.report((found) => send({ ...nothingFound(), ...found }), gone));
      },
    },
  );
  globalThis.stopPlumbline = stop;

  settings.watch(follow, signal);
  const isReady = settings.read().then(follow);
  const watcher = new SelectionWatcher(
    {
      onBegin: whole,
      onSelected: async () => (await whole()).onSelected(),
      onLeft: () => plumbline?.onLeft(),
    },
    signal,
  );
  if (CSS.highlights.size > 0 || document.querySelector(CardHost.NAME)) {
    // perhaps of an earlier version, which Firefox has ended without a word; the rest takes away what it left
    whole();
  }
  // a page that is going away is hidden as well, but has no time left for this
  document.addEventListener("visibilitychange", () => document.hidden && setTimeout(() => farewell.prepare()), { signal });
}
