/**
 * The verdict card: its content, its position, and how it closes.
 *
 * @typedef {"checking" | "verdict" | "failure" | "notice" | "chip"} CardState
 */
class Card {
  static #MARGIN = 8;
  static #GAP = 6;
  static #HIGHEST = 460;
  static #LOWEST = 160;

  /** @type {HTMLElement | null} */
  #host = null;
  /** @type {HTMLElement | null} */
  #card = null;
  /** @type {AbortController | null} */
  #whileOpen = null;
  /** Ends when the card shows something else, or closes. */
  #whileShown = new AbortController();
  /** Where the focus was when the card opened. @type {Element | null} */
  #focusBefore = null;
  /** @type {() => DOMRect | undefined} */
  #anchor = () => undefined;
  #isPlacing = false;

  /** Aborts when the card shows something else, or closes. */
  get whileShown() {
    return this.#whileShown.signal;
  }

  get isOpen() {
    return this.#host !== null;
  }

  /** Whether an event happened on the card. @param {Event} event */
  contains(event) {
    return this.#host !== null && event.composedPath().includes(this.#host);
  }

  /**
   * Show something beside a place in the page; an open card gets new content.
   *
   * @param {CardState} state
   * @param {Node[]} content
   * @param {object} options
   * @param {() => DOMRect | undefined} options.anchor   the place, in coordinates of the window, wherever it has moved to
   * @param {boolean} [options.takesFocus]   for readers who came by keyboard
   * @param {string} [options.footer]
   * @param {string} [options.announcement]   for readers who do not see it; else all of it is read out
   */
  show(state, content, { anchor, takesFocus = false, footer = "", announcement }) {
    this.#anchor = anchor;
    this.#whileShown.abort();
    if (this.#host?.isConnected !== true) {
      this.close();
      this.#open();
    }
    const card = /** @type {HTMLElement} */ (this.#card);
    this.#whileShown = new AbortController();
    card.dataset.state = state;
    this.#part("body").replaceChildren(...content);
    this.#part("body").scrollTop = 0;
    this.#part("footer").textContent = footer;
    this.place();
    if (takesFocus) {
      card.focus({ preventScroll: true });
    } else {
      this.#announce(announcement ?? this.#part("body").textContent ?? "");
    }
  }

  close() {
    const returnTo = document.activeElement === this.#host ? this.#focusBefore : null;
    this.#whileShown.abort();
    this.#whileOpen?.abort();
    this.#host?.remove();
    this.#host = this.#card = this.#whileOpen = this.#focusBefore = null;
    if (returnTo instanceof HTMLElement) {
      returnTo.focus({ preventScroll: true });
    }
  }

  #open() {
    this.#focusBefore = document.activeElement;
    this.#card = this.#newFrame();
    this.#host = CardHost.open(this.#card, CARD_STYLE);
    this.#listen();
  }

  #newFrame() {
    const card = document.createElement("section");
    card.setAttribute("part", "card");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", words("card_title"));
    // our own texts run in the direction of the reader's language, whatever the page's
    card.lang = uiLanguage();
    card.dir = words("@@bidi_dir");
    card.tabIndex = -1;

    const close = document.createElement("button");
    close.setAttribute("part", "close");
    close.setAttribute("aria-label", words("close"));
    close.textContent = "×";
    close.addEventListener("click", () => this.close());

    const body = document.createElement("div");
    body.setAttribute("part", "body");
    // what scrolls must be reachable by keyboard
    body.tabIndex = 0;
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", words("card_body"));

    const footer = document.createElement("p");
    footer.setAttribute("part", "footer");
    const announcer = document.createElement("p");
    announcer.setAttribute("part", "announcer");
    announcer.setAttribute("role", "status");
    card.append(body, footer, close, announcer);
    return card;
  }

  /** Screen readers pass over what a live region holds from the start. @param {string} text */
  #announce(text) {
    const announcer = this.#part("announcer");
    announcer.textContent = "";
    requestAnimationFrame(() => announcer.replaceChildren(text));
  }

  #listen() {
    this.#whileOpen = new AbortController();
    const { signal } = this.#whileOpen;
    addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape" && event.isTrusted) {
          // one Escape closes one thing, and the card lies on top
          event.preventDefault();
          event.stopImmediatePropagation();
          this.close();
        }
      },
      { capture: true, signal },
    );
    for (const type of ["keydown", "keypress", "keyup"]) {
      // keys typed into the card must not trigger the page's shortcuts
      addEventListener(type, (event) => this.contains(event) && event.stopPropagation(), { capture: true, signal });
    }
    addEventListener("pointerdown", (event) => this.contains(event) || this.close(), { capture: true, signal });
    const placeSoon = () => {
      if (!this.#isPlacing) {
        this.#isPlacing = true;
        requestAnimationFrame(() => {
          this.#isPlacing = false;
          this.place();
        });
      }
    };
    addEventListener("scroll", placeSoon, { capture: true, passive: true, signal });
    addEventListener("resize", placeSoon, { signal });
  }

  /**
   * Put the card below its anchor, or above it where there is more room, and always inside the window. Its height is limited
   * to that room, so that it does not cover the anchor.
   */
  place() {
    const anchor = this.#anchor();
    if (!this.#host || !this.#card || !anchor) {
      return;
    }
    CardHost.undoZoom(this.#host, this.#card);
    const { clientWidth: width, clientHeight } = document.documentElement;
    // in quirks mode the root element is as high as the page
    const height = document.compatMode === "BackCompat" ? innerHeight : Math.min(clientHeight, innerHeight);
    // viewport units would count the scroll bar
    this.#card.style.maxInlineSize = `${width - 2 * Card.#MARGIN}px`;
    this.#card.style.maxBlockSize = `${Math.min(Card.#HIGHEST, height - 2 * Card.#MARGIN)}px`;
    const wanted = this.#card.offsetHeight;
    const roomBelow = height - anchor.bottom - Card.#GAP - Card.#MARGIN;
    const roomAbove = anchor.top - Card.#GAP - Card.#MARGIN;
    const isBelow = wanted <= roomBelow || roomBelow >= roomAbove;
    const room = Math.max(Card.#LOWEST, isBelow ? roomBelow : roomAbove);
    if (wanted > room) {
      this.#card.style.maxBlockSize = `${room}px`;
    }
    const { offsetWidth, offsetHeight } = this.#card;
    const top = isBelow ? anchor.bottom + Card.#GAP : anchor.top - Card.#GAP - offsetHeight;
    const isRightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
    const left = isRightToLeft ? anchor.right - offsetWidth : anchor.left;
    this.#card.style.left = `${Card.#within(left, width - offsetWidth)}px`;
    this.#card.style.top = `${Card.#within(top, height - offsetHeight)}px`;
  }

  /** Place the card again after a part of it has grown, and scroll that part into view. @param {Element} part */
  reveal(part) {
    this.place();
    const body = this.#part("body");
    body.scrollTop += part.getBoundingClientRect().top - body.getBoundingClientRect().top;
  }

  /** @param {number} position @param {number} room */
  static #within(position, room) {
    return Math.round(Math.max(Card.#MARGIN, Math.min(position, room - Card.#MARGIN)));
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#card?.querySelector(`[part="${name}"]`));
  }
}

Object.assign(globalThis, { Card });
