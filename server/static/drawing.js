import { element, shape } from "./elements.js";
import { words } from "./words.js";

/** How a label is drawn. @param {string} label */
export function legendEntry(label) {
  const swatch = shape(
    "svg",
    { width: 16, height: 16, "aria-hidden": "true" },
    shape("rect", { width: 16, height: 16, class: `fill-${label}` }),
  );
  return element("li", {}, swatch, words(`label_${label}`));
}

/**
 * Fill a box with a drawing as wide as the box, and draw it again whenever its width changes, so that letters keep their size.
 *
 * @param {HTMLElement} box
 * @param {(width: number) => SVGSVGElement} draw
 * @param {AbortSignal} signal
 */
export function drawIn(box, draw, signal) {
  let drawn = 0;
  const redraw = () => {
    const width = Math.floor(box.clientWidth);
    if (width !== drawn && width > 0 && !signal.aborted) {
      drawn = width;
      box.replaceChildren(draw(width));
    }
  };
  // not within the observer: the drawing makes the box higher, which it would have to report in the same frame
  // https://drafts.csswg.org/resize-observer/#deliver-resize-error
  const observer = new ResizeObserver(() => requestAnimationFrame(redraw));
  observer.observe(box);
  signal.addEventListener("abort", () => observer.disconnect());
}

/**
 * A round number at or above the largest value, for the top of an axis.
 *
 * @param {number} largest
 */
export function axisTop(largest) {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(largest, 1)));
  const step = [1, 2, 4, 5, 10].find((factor) => factor * magnitude >= largest) ?? 10;
  return Math.max(4, step * magnitude);
}
