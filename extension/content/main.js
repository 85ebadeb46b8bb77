"use strict";

// Starts Plumbline in a page: joins the parts, follows the settings, and ends everything when the extension goes away.
// Nothing is added to the page here, and nothing is observed but the end of a selection.

{
  // Scripts of an earlier version may have run in this page. Firefox ends them without asking, Chromium leaves them.
  globalThis.stopPlumbline?.();
  Painter.sweep();
  Card.sweep();

  const ended = new AbortController();
  const { signal } = ended;
  /** Frames have no other name that they know themselves. `randomUUID` is for secure pages only. */
  const frame = String(crypto.getRandomValues(new Uint32Array(2)));
  const painter = new Painter();
  const card = new Card();
  let farewell = "";
  const inquiry = new Inquiry(() => sayFarewell());
  const findings = new Findings(painter, (report) => inquiry.tellCount(report), signal);
  const statementCard = new StatementCard(card, findings, inquiry);
  const tour = new Tour(findings, painter, statementCard);
  let current = settings.DEFAULTS;
  const isReady = settings.read().then((stored) => follow(stored));
  const selectionCheck = new SelectionCheck({
    inquiry,
    findings,
    card,
    statementCard,
    settings: () => isReady.then(() => current),
    shadowRoots: () => watcher.shadowRoots,
  });
  const watcher = new SelectionWatcher(
    () => selectionCheck.onSelected(),
    () => selectionCheck.onLeft(),
    signal,
  );
  /** @type {PageScan | null} */
  let scan = null;

  function stop() {
    ended.abort();
    scan?.destroy();
    selectionCheck.clear();
    card.close();
    stopAnswering();
    globalThis.stopPlumbline = undefined;
  }

  /** What has to be known in advance, since an extension that is gone gives no words. */
  function prepareFarewell() {
    if (!messages.isCutOff()) {
      farewell = words("notice_cut_off");
      card.prepare();
    }
  }

  function sayFarewell() {
    stop();
    if (farewell !== "") {
      const topLeft = new DOMRect(0, 0, 0, 0);
      card.show("notice", [CardContent.notice(farewell)], { anchor: () => topLeft });
    }
  }

  /** The site that this frame belongs to; a frame of another site inside a page is not scanned. */
  function site() {
    try {
      return top?.location.hostname === location.hostname ? location.hostname : null;
    } catch {
      return null;
    }
  }

  /** @param {Settings} wanted */
  function follow(wanted) {
    const hostname = site();
    const isWanted = hostname !== null && settings.isAutoScanned(wanted, hostname);
    const isOther =
      String(vocabulary.paintedLabels(wanted)) !== String(vocabulary.paintedLabels(current)) ||
      wanted.serverAddress !== current.serverAddress;
    current = wanted;
    if (scan && (!isWanted || isOther)) {
      scan.destroy();
      scan = null;
      selectionCheck.clear();
      card.close();
    }
    if (isWanted && !scan) {
      selectionCheck.clear();
      scan = new PageScan(inquiry, findings, vocabulary.paintedLabels(wanted));
    }
  }

  /** @returns {Page} */
  function page() {
    return {
      hostname: location.hostname,
      kind: document.contentType === "application/pdf" ? "pdf" : "page",
      marksAreHidden: painter.isHidden,
      isAutoScanned: scan !== null,
      isScanning: scan?.isBusy ?? false,
    };
  }

  const stopAnswering = messages.answer(
    {
      site: page,
      jump({ frame: wanted, id }) {
        if (wanted === frame) {
          tour.jump(id);
          return true;
        }
        return undefined;
      },
      step({ direction }) {
        tour.step(direction);
        return true;
      },
      marks({ hidden }) {
        painter.hide(hidden);
        card.close();
        return true;
      },
      "check-selection"() {
        selectionCheck.onCommand();
        return true;
      },
    },
    {
      findings(send, gone) {
        const tell = () => send({ frame, isTop: top === self, isScanning: scan?.isBusy ?? false, ...findings.summary() });
        findings.follow(tell, gone);
        tell();
        scan?.resume();
      },
    },
  );
  globalThis.stopPlumbline = stop;

  new MarkPointer(painter, card, (finding) => tour.open(finding), signal);
  settings.watch(follow, signal);
  // the first word costs some milliseconds, which a page that loads has not got
  requestIdleCallback(prepareFarewell);
}
