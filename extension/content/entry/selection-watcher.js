"use strict";

/**
 * Notices when the reader has finished selecting, by mouse, keyboard or touch. Selections that a script makes are not the
 * reader's and go unnoticed, also when the script answers a click: a press selects by moving, by being repeated, or by
 * lasting, and a key by the Shift that is held with it.
 */
class SelectionWatcher {
  /**
   * How long to wait for more: a click that ends a selection clears it only after `pointerup`; the handles that touch gives
   * a selection send no events but the changes.
   */
  static #WAIT_MS = { mouse: 10, key: 150, touch: 350 };
  static #LONG_PRESS_MS = 350;
  static #MOVED_PX = 2;
  /** Browsers report the last change shortly after the button is released; a much later change is a script's. */
  static #AFTERTHOUGHT_MS = 2000;
  static #SELECTING_KEYS = /^(?:Arrow|Home|End|Page)/;

  static #OPTIONS = { capture: true, passive: true };

  #reader;
  /** What is listened to. @type {string[]} */
  #types = [];
  /** What the reader selects with, as long as what is selected is the reader's. @type {"mouse" | "key" | "touch" | null} */
  #means = null;
  /** The press that has not ended. @type {{x: number, y: number, at: number, isTouch: boolean} | null} */
  #press = null;
  #releasedAt = 0;
  /** Whether the reader has pressed anything since this began to listen. */
  #hasHeard = false;
  #hasChanged = false;
  /** The open shadow trees under the last press. @type {ShadowRoot[]} */
  #shadowRoots = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} reader   what the reader does
   * @param {() => void} reader.onBegin   has selected something, and may go on
   * @param {() => void} reader.onSelected   has finished selecting something
   * @param {() => void} reader.onLeft   has turned to something else in the page
   */
  constructor(reader) {
    this.#reader = reader;
    // Each listener and each object of the page that is named for the first time cost it some time while it loads. What
    // follows a press waits for the first one, and in the capture phase the window hears the events of the document.
    this.#listenTo("pointerdown", "keydown");
  }

  destroy() {
    clearTimeout(this.#timer);
    this.#types.forEach((type) => removeEventListener(type, this, SelectionWatcher.#OPTIONS));
  }

  /** Called by the browser. @param {Event} event */
  handleEvent(event) {
    if (event.type === "selectionchange") {
      this.#changed();
    } else if (event instanceof KeyboardEvent && event.isTrusted) {
      this.#keyed(event);
    } else if (event instanceof MouseEvent && event.isTrusted) {
      this.#pointed(event);
    }
  }

  /** Catch up on what the reader may have selected before this script ran. */
  catchUp() {
    if (!this.#hasHeard && navigator.userActivation.isActive) {
      this.#hearChanges();
      this.#means = "mouse";
      this.#releasedAt = performance.now();
      this.#changed();
    }
  }

  /** The open shadow trees that the reader's selection may lie in. */
  get shadowRoots() {
    return this.#shadowRoots;
  }

  /** @param {string[]} types */
  #listenTo(...types) {
    this.#types.push(...types);
    types.forEach((type) => addEventListener(type, this, SelectionWatcher.#OPTIONS));
  }

  /** Changes before anything is pressed are not the reader's. */
  #hearChanges() {
    if (!this.#hasHeard) {
      this.#hasHeard = true;
      // the browser makes a selection or a scroll of what began as a touch, and cancels the press
      this.#listenTo("selectionchange", "mousedown", "pointerup", "pointercancel");
    }
  }

  /** @param {MouseEvent} event */
  #pointed(event) {
    if (!(event instanceof PointerEvent)) {
      this.#pressedAgain(event);
    } else if (event.type === "pointerdown") {
      this.#pressed(event);
    } else {
      this.#released(event);
    }
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    const { clientX: x, clientY: y, timeStamp: at, pointerType, shiftKey } = event;
    this.#hearChanges();
    this.#press = { x, y, at, isTouch: pointerType === "touch" };
    this.#shadowRoots = event.composedPath().filter((node) => node instanceof ShadowRoot);
    // with Shift a press moves the end of what is selected
    this.#means = shiftKey ? "mouse" : null;
    if (!this.#shadowRoots.some(({ host }) => host.localName === CARD_NAME)) {
      this.#reader.onLeft();
    }
  }

  /** @param {MouseEvent} event */
  #pressedAgain({ detail }) {
    if (detail > 1) {
      this.#means = "mouse";
    }
  }

  /** @param {PointerEvent} event */
  #released(event) {
    const press = this.#press;
    this.#press = null;
    this.#releasedAt = performance.now();
    if (!press) {
      return;
    }
    const { clientX, clientY, timeStamp, type } = event;
    const hasLasted = type === "pointercancel" || timeStamp - press.at > SelectionWatcher.#LONG_PRESS_MS;
    const hasMoved = Math.hypot(clientX - press.x, clientY - press.y) > SelectionWatcher.#MOVED_PX;
    if (press.isTouch && hasLasted) {
      this.#means = "touch";
    } else if (!press.isTouch && hasMoved) {
      this.#means = "mouse";
    }
    if (this.#hasChanged) {
      this.#finishSoon();
    }
  }

  /** @param {KeyboardEvent} event */
  #keyed({ key, shiftKey, ctrlKey, metaKey }) {
    this.#hearChanges();
    const isExtending = shiftKey && SelectionWatcher.#SELECTING_KEYS.test(key);
    const isSelectingAll = (ctrlKey || metaKey) && key.toLowerCase() === "a";
    if (isExtending || isSelectingAll) {
      this.#means = "key";
    } else if (!["Shift", "Control", "Alt", "Meta"].includes(key)) {
      this.#means = null;
    }
  }

  /** Browsers do not report whether anything is selected in a shadow tree. */
  #isSomethingSelected() {
    return document.getSelection()?.isCollapsed === false || this.#shadowRoots.length > 0;
  }

  #changed() {
    this.#hasChanged = true;
    if ((this.#press || this.#means) && this.#isSomethingSelected()) {
      this.#reader.onBegin();
    }
    // Chromium reports the last change a frame after `pointerup`
    if (!this.#press || this.#press.isTouch) {
      this.#finishSoon();
    }
  }

  #finishSoon() {
    clearTimeout(this.#timer);
    if (this.#means === "mouse" && performance.now() - this.#releasedAt > SelectionWatcher.#AFTERTHOUGHT_MS) {
      this.#means = null;
    }
    if (this.#means === null) {
      // not the reader's, unless the press that goes on makes it so
      this.#hasChanged = this.#press !== null;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#hasChanged = false;
      if (this.#isSomethingSelected()) {
        this.#reader.onSelected();
      } else {
        this.#reader.onLeft();
      }
    }, SelectionWatcher.#WAIT_MS[this.#means]);
  }
}
