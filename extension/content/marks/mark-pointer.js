/** Opens the card of a painted statement when the pointer rests on it or presses it. */
class MarkPointer {
  static #OPEN_AFTER_MS = 300;
  static #CLOSE_AFTER_MS = 400;

  #painter;
  #card;
  #open;
  /** The finding under the pointer. @type {Finding | undefined} */
  #hovered;
  /** The finding of which the card was opened by hovering, so that leaving it closes the card. @type {Finding | undefined} */
  #opened;
  #point = { x: 0, y: 0, isOnCard: false };
  #isLooking = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Painter} painter
   * @param {Card} card
   * @param {(finding: Finding) => void} open
   * @param {AbortSignal} signal
   */
  constructor(painter, card, open, signal) {
    this.#painter = painter;
    this.#card = card;
    this.#open = open;
    addEventListener("pointermove", (event) => this.#moved(event), { capture: true, passive: true, signal });
    addEventListener("click", (event) => this.#clicked(event), { capture: true, passive: true, signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (this.#painter.isEmpty || event.pointerType === "touch" || event.buttons !== 0) {
      return;
    }
    const { clientX: x, clientY: y } = event;
    this.#point = { x, y, isOnCard: this.#card.contains(event) };
    if (!this.#isLooking) {
      this.#isLooking = true;
      requestAnimationFrame(() => this.#lookUnderPointer());
    }
  }

  #lookUnderPointer() {
    this.#isLooking = false;
    this.#painter.restore();
    const { x, y, isOnCard } = this.#point;
    this.#look(isOnCard ? this.#opened : this.#painter.findingAt(x, y));
  }

  /** @param {Finding | undefined} finding */
  #look(finding) {
    if (finding === this.#hovered) {
      return;
    }
    this.#hovered = finding;
    clearTimeout(this.#timer);
    if (finding && finding !== this.#opened) {
      this.#timer = setTimeout(() => this.#openByHovering(finding), MarkPointer.#OPEN_AFTER_MS);
    } else if (!finding && this.#opened) {
      this.#timer = setTimeout(() => this.#closeAfterHovering(), MarkPointer.#CLOSE_AFTER_MS);
    }
  }

  /** @param {Finding} finding */
  #openByHovering(finding) {
    const isTaken = this.#card.isOpen && this.#opened === undefined;
    if (!isTaken && document.getSelection()?.isCollapsed !== false) {
      this.#opened = finding;
      this.#open(finding);
    }
  }

  #closeAfterHovering() {
    this.#opened = undefined;
    this.#card.close();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const isOurs = event.isTrusted && event.button === 0 && !this.#painter.isEmpty && !this.#card.contains(event);
    if (!isOurs || document.getSelection()?.isCollapsed === false) {
      return;
    }
    const finding = this.#painter.findingAt(event.clientX, event.clientY);
    if (finding) {
      clearTimeout(this.#timer);
      // a card that was asked for stays until it is dismissed
      this.#opened = undefined;
      this.#open(finding);
    }
  }
}

Object.assign(globalThis, { MarkPointer });
