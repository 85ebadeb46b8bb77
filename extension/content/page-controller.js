/** Connects the parts that check, mark and explain in a page. It adds nothing to the page itself, and observes nothing. */
class PageController {
  #painter = new Painter();
  #card = new Card();
  #findings;
  #navigator;
  #background;
  #selection;
  /** @type {PageScan | null} */
  #scan = null;
  #settings = settings.DEFAULTS;

  /**
   * @param {object} page
   * @param {() => ShadowRoot[]} page.shadowRoots   where the reader may have selected
   * @param {() => void} page.onCutOff   called when the extension was reloaded or removed under this page
   * @param {AbortSignal} page.signal
   */
  constructor({ shadowRoots, onCutOff, signal }) {
    Painter.sweep();
    CardHost.sweep();
    this.#background = new BackgroundClient(onCutOff);
    this.#findings = new Findings(this.#painter, (report) => this.#background.reportCount(report), signal);
    const statementCard = new StatementCard(this.#card, this.#findings, this.#background, () => this.#settings);
    this.#navigator = new FindingNavigator(this.#findings, this.#painter, statementCard);
    this.#selection = new SelectionCheck({
      background: this.#background,
      findings: this.#findings,
      card: this.#card,
      statementCard,
      settings: () => this.#settings,
      shadowRoots,
    });
    new MarkPointer(this.#painter, this.#card, (finding) => this.#navigator.open(finding), signal);
  }

  get isScanning() {
    return this.#scan?.isBusy ?? false;
  }

  /** Do what the settings say. @param {Settings} wanted @param {boolean} isScanned   whether this page is to be scanned */
  follow(wanted, isScanned) {
    const hasChanged =
      String(vocabulary.paintedLabels(wanted)) !== String(vocabulary.paintedLabels(this.#settings)) ||
      wanted.serverAddress !== this.#settings.serverAddress;
    this.#settings = wanted;
    this.#painter.print(wanted.printMarks);
    if (this.#scan && (!isScanned || hasChanged)) {
      this.#scan.destroy();
      this.#scan = null;
      this.#forgetSelection();
    }
    if (isScanned && !this.#scan) {
      this.#selection.clear();
      this.#scan = new PageScan(this.#background, this.#findings, vocabulary.paintedLabels(wanted));
    }
  }

  /** Tell a listener what there is now, and after each change. @param {(found: object) => void} send @param {AbortSignal} gone */
  report(send, gone) {
    this.#scan?.paint();
    const tell = () => send({ isScanning: this.isScanning, ...this.#findings.summary() });
    this.#findings.follow(tell, gone);
    tell();
    this.#scan?.resume();
  }

  /** The reader has finished selecting. */
  onSelected() {
    this.#selection.onSelected();
  }

  /** The reader has turned to something else in the page. */
  onLeft() {
    this.#selection.onLeft();
  }

  /** The reader asks for a verdict on the selection. */
  checkSelection() {
    this.#selection.onCommand();
    return true;
  }

  /** @param {number} id */
  jump(id) {
    this.#navigator.jump(id);
    return true;
  }

  /** @param {1 | -1} direction */
  step(direction) {
    this.#scan?.paint();
    this.#navigator.step(direction);
    return true;
  }

  /** @param {boolean} isHidden */
  hideMarks(isHidden) {
    this.#painter.hide(isHidden);
    this.#card.close();
  }

  /** Take everything off the page. */
  close() {
    this.#scan?.destroy();
    this.#forgetSelection();
  }

  #forgetSelection() {
    this.#selection.clear();
    this.#card.close();
  }
}

Object.assign(globalThis, { PageController });
