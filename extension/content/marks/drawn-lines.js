/**
 * The lines of the marks, drawn over the page instead of painted by the browser, for readers whose own colours are forced on
 * pages: Chromium paints every highlight there as a solid block like selected text, whatever its style says
 * (https://github.com/w3c/csswg-drafts/issues/7264).
 *
 * They stand in one element beside the page's body, under a closed shadow root, and let every press through.
 */

/** The shapes of LABEL_STYLES as SVG: what is stroked, and how. */
const LINE_SHAPES = (() => {
  const HALF_WAVE = 4;

  /** @param {Underline} line */
  const straight = ({ left, right, y }) => `M${left} ${y}H${right}`;

  /** @param {Underline} line */
  const twice = (line) => straight({ ...line, y: line.y - 1.5 }) + straight({ ...line, y: line.y + 1.5 });

  /** @param {Underline} line */
  const wavy = ({ left, right, y }) =>
    `M${left} ${y}q${HALF_WAVE / 2} -5 ${HALF_WAVE} 0` + `t${HALF_WAVE} 0`.repeat(Math.max(0, (right - left) / HALF_WAVE - 1));

  return Object.freeze({
    false: { path: wavy, width: "1.5", dashes: "none", ends: "butt" },
    mixed: { path: twice, width: "1.5", dashes: "none", ends: "butt" },
    true: { path: straight, width: "2", dashes: "none", ends: "butt" },
    "likely-false": { path: straight, width: "2", dashes: "6 4", ends: "butt" },
    "likely-true": { path: straight, width: "3", dashes: "0 6", ends: "round" },
    unsure: { path: straight, width: "1", dashes: "1 2", ends: "butt" },
  });
})();

class DrawnLines {
  static NAME = "plumbline-lines";

  /** The width of the host: what it measures in the window shows any zoom. */
  static #WIDTH = 100;
  static #STYLE = `:host {
      all: initial !important; display: block !important; position: absolute !important; inset: 0 auto auto 0 !important;
      inline-size: ${DrawnLines.#WIDTH}px !important; block-size: 0 !important; z-index: 2147483647 !important;
      pointer-events: none !important; forced-color-adjust: none !important;
    }
    svg { position: absolute; overflow: visible; fill: none; stroke: CanvasText; }
    @media print { :host { display: none !important; } }`;
  static #SVG = "http://www.w3.org/2000/svg";
  /** After these events a text may have moved although no node has changed. */
  static #EVENTS = ["scroll", "resize", "load", "transitionend", "animationend", "toggle"];
  /** Drawing takes at most one part in this many of the time. */
  static #SHARE = 10;

  #highlights;
  /** @type {HTMLElement | null} */
  #host = null;
  /** @type {Map<string, SVGPathElement>} */
  #paths = new Map();
  #whileShown = new AbortController();
  #isWaiting = false;
  #nextAt = 0;

  /** @param {ReadonlyMap<string, Highlight>} highlights   what is marked, by label */
  constructor(highlights) {
    this.#highlights = highlights;
  }

  show() {
    if (!this.#host) {
      this.#open();
      this.#listen();
    }
    this.drawSoon();
  }

  hide() {
    this.#whileShown.abort();
    this.#host?.remove();
    this.#host = null;
  }

  /** Take off the page what an earlier run of this extension left. */
  static sweep() {
    document.querySelectorAll(DrawnLines.NAME).forEach((host) => host.remove());
  }

  /** Draw with the next frame, or later where drawing takes long. */
  drawSoon() {
    if (this.#host && !this.#isWaiting) {
      this.#isWaiting = true;
      setTimeout(() => requestAnimationFrame(() => this.#draw()), this.#nextAt - performance.now());
    }
  }

  #open() {
    this.#host = document.createElement(DrawnLines.NAME);
    const root = this.#host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(DrawnLines.#STYLE);
    root.adoptedStyleSheets = [sheet];
    const svg = document.createElementNS(DrawnLines.#SVG, "svg");
    // one without a size would not be drawn
    svg.setAttribute("width", "1");
    svg.setAttribute("height", "1");
    for (const [label, { width, dashes, ends }] of Object.entries(LINE_SHAPES)) {
      const path = /** @type {SVGPathElement} */ (document.createElementNS(DrawnLines.#SVG, "path"));
      const attributes = { "data-label": label, "stroke-width": width, "stroke-dasharray": dashes, "stroke-linecap": ends };
      Object.entries(attributes).forEach(([name, value]) => path.setAttribute(name, value));
      this.#paths.set(label, path);
      svg.append(path);
    }
    root.append(svg);
  }

  #listen() {
    this.#whileShown = new AbortController();
    const { signal } = this.#whileShown;
    const soon = () => this.drawSoon();
    DrawnLines.#EVENTS.forEach((type) => addEventListener(type, soon, { capture: true, passive: true, signal }));
    document.fonts.addEventListener("loadingdone", soon, { signal });
    const changes = new MutationObserver(soon);
    changes.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const sizes = new ResizeObserver(soon);
    [document.documentElement, document.body].forEach((element) => element && sizes.observe(element));
    signal.addEventListener("abort", () => [changes, sizes].forEach((observer) => observer.disconnect()));
  }

  #draw() {
    this.#isWaiting = false;
    if (!this.#host) {
      return;
    }
    const startedAt = performance.now();
    // no z-index rises above a modal dialog
    const place = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.documentElement;
    if (this.#host.parentNode !== place) {
      place.append(this.#host);
    }
    const { left, top, width } = this.#host.getBoundingClientRect();
    const scale = width / DrawnLines.#WIDTH || 1;
    const underlines = new UnderlineGeometry();
    for (const [label, path] of this.#paths) {
      const { path: draw } = LINE_SHAPES[/** @type {keyof typeof LINE_SHAPES} */ (label)];
      const lines = [...(this.#highlights.get(label) ?? [])].flatMap((range) => underlines.of(range));
      const drawn = lines.map((line) =>
        draw({ left: (line.left - left) / scale, right: (line.right - left) / scale, y: (line.y - top) / scale }),
      );
      path.setAttribute("d", drawn.join(""));
    }
    const endedAt = performance.now();
    this.#nextAt = endedAt + (endedAt - startedAt) * (DrawnLines.#SHARE - 1);
  }
}

Object.assign(globalThis, { LINE_SHAPES, DrawnLines });
