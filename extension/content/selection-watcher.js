"use strict";

/**
 * Notices when the reader has finished selecting, by mouse, keyboard or touch. Selections that a script makes are not the
 * reader's and go unnoticed.
 */
class SelectionWatcher {
  /** A click that ends a selection clears it only after `pointerup`. */
  static #AFTER_POINTER_MS = 10;
  static #AFTER_KEY_MS = 150;
  static #STILL_POINTER_MS = 100;

  #isPointerDown = false;
  #releasedAt = -Infinity;
  #hasChanged = false;
  #onSelected;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} onSelected @param {AbortSignal} signal */
  constructor(onSelected, signal) {
    this.#onSelected = onSelected;
    const options = { capture: true, passive: true, signal };
    addEventListener("pointerdown", (event) => this.#pointer(event, true), options);
    addEventListener("pointerup", (event) => this.#pointer(event, false), options);
    addEventListener("pointercancel", (event) => this.#pointer(event, false), options);
    document.addEventListener("selectionchange", () => this.#changed(), options);
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    // the reader may have selected something before the page was ready for us
    if (navigator.userActivation.hasBeenActive) {
      this.#changed();
    }
  }

  /** @param {PointerEvent} event @param {boolean} isDown */
  #pointer(event, isDown) {
    if (event.isTrusted) {
      this.#isPointerDown = isDown;
      if (!isDown) {
        this.#releasedAt = performance.now();
        if (this.#hasChanged) {
          this.#finishAfter(SelectionWatcher.#AFTER_POINTER_MS);
        }
      }
    }
  }

  #changed() {
    this.#hasChanged = true;
    if (!this.#isPointerDown && navigator.userActivation.isActive) {
      // Chromium tells of the last change a frame after `pointerup`: that is no keyboard
      const isFromPointer = performance.now() - this.#releasedAt < SelectionWatcher.#STILL_POINTER_MS;
      this.#finishAfter(isFromPointer ? SelectionWatcher.#AFTER_POINTER_MS : SelectionWatcher.#AFTER_KEY_MS);
    }
  }

  /** @param {number} milliseconds */
  #finishAfter(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#hasChanged = false;
      this.#onSelected();
    }, milliseconds);
  }
}
