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
  const painter = new Painter();
  const card = new Card();
  // asked for now, since an extension that is gone gives no words
  const farewell = words("notice_cut_off");
  const inquiry = new Inquiry(() => sayFarewell());
  const findings = new Findings(painter, (report) => inquiry.tell(report), signal);
  const tour = new Tour(findings, painter, card);
  let current = settings.DEFAULTS;
  const selectionCheck = new SelectionCheck(inquiry, findings, card, () => current);
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

  function sayFarewell() {
    stop();
    const topLeft = new DOMRect(0, 0, 0, 0);
    card.show("notice", [CardContent.notice(farewell)], { anchor: () => topLeft });
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
    const isWanted = wanted.autoScanSites.includes(site() ?? "");
    const isOther = wanted.paintUnsure !== current.paintUnsure || wanted.serverAddress !== current.serverAddress;
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

  const stopAnswering = messages.answer({
    site: () => ({ hostname: location.hostname }),
    report() {
      findings.report();
      scan?.resume();
      return true;
    },
    jump({ id }) {
      tour.jump(id);
      return true;
    },
    step({ direction }) {
      tour.step(direction);
      return true;
    },
    "check-selection"() {
      selectionCheck.onCommand();
      return true;
    },
  });
  globalThis.stopPlumbline = stop;

  new SelectionWatcher(() => selectionCheck.onSelected(), signal);
  new MarkPointer(painter, card, (finding) => tour.open(finding), signal);
  settings.watch(follow, signal);
  settings.read().then(follow);
}
