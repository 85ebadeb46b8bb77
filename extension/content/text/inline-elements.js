/**
 * What an element in the middle of a text is to the reader:
 *
 * - "text": a part of it;
 * - "hole": a part of it that may not be read, so that the sentence around it cannot be judged;
 * - "beside": no part of it, such as a footnote mark, what is struck out, what stands elsewhere or is not seen;
 * - "edge": the end of it, as block-level elements are.
 *
 * @typedef {"text" | "hole" | "beside" | "edge"} InlinePart
 */
const InlineParts = (() => {
  const INLINE = /^(?:inline|ruby|contents$|math$)/;

  /** @param {string} display */
  const isInline = (display) => INLINE.test(display);

  /** Words, numbers and signs of mathematics; icons and ornaments have none. */
  const SAYS_SOMETHING = /[\p{L}\p{N}]|(?![←-⇿|~+^])\p{Sm}/u;
  const ICON_FONT = /icon|symbol|awesome|glyph/i;
  const STRUCK = "del, s, strike, [role='deletion']";
  const ANNOTATION = "rt, rp";
  const WITHOUT_TEXT = "canvas, video, audio, object, iframe, math, select, textarea, input:not([type=checkbox], [type=radio])";
  const LONGEST_INITIAL = 3;
  /** Text that is pushed out of its box shows a picture in its place. */
  const PUSHED_OUT_PX = -200;

  const FOOTNOTE = /^\s*[[(*†‡§¶]/;
  const LONG_WORD_BEFORE = /\p{L}{3}["'”’)]?$|[.,;:!?…]["'”’)]?$/u;

  /** @param {string} text */
  const saysSomething = (text) => SAYS_SOMETHING.test(text);

  /** Whether an element is as small as text meant for screen readers only. @param {Element} element */
  function isTiny(element) {
    const { width, height } = element.getBoundingClientRect();
    return width <= 1 || height <= 1;
  }

  /** Whether a reader sees nothing of what stands in an inline element. @param {Element} element @param {CSSStyleDeclaration} style */
  function isUnseen(element, style) {
    const { display, opacity, fontSize } = style;
    return (
      opacity === "0" ||
      fontSize === "0px" ||
      (display === "inline-block" &&
        (parseFloat(style.textIndent) < PUSHED_OUT_PX || (style.overflowX !== "visible" && isTiny(element))))
    );
  }

  /** Whether an element stands elsewhere than where the text has it. @param {CSSStyleDeclaration} style */
  const isOutOfFlow = ({ position, cssFloat }) => cssFloat !== "none" || position === "absolute" || position === "fixed";

  /** Whether a float is the large first letter of the text that follows it. @param {Element} element @param {string} before */
  function isInitial(element, before) {
    const letters = element.textContent?.trim() ?? "";
    const { nextSibling } = element;
    return (
      before.trim() === "" &&
      letters.length > 0 &&
      letters.length <= LONGEST_INITIAL &&
      nextSibling instanceof Text &&
      /^\S/.test(nextSibling.data)
    );
  }

  /** @param {HTMLImageElement} image @returns {InlinePart} */
  function partOfImage(image) {
    const alternative = image.getAttribute("alt");
    const isPart = alternative === null ? !isTiny(image) : saysSomething(alternative);
    return isPart ? "hole" : "beside";
  }

  /** @param {Element} raised   a `sup` @param {string} before @returns {InlinePart} */
  function partOfRaised(raised, before) {
    const text = raised.textContent ?? "";
    const isNumber = /^\s*[\d−-]+\s*$/.test(text);
    if (FOOTNOTE.test(text) || raised.querySelector("a") || (isNumber && LONG_WORD_BEFORE.test(before))) {
      return "beside";
    }
    // ten to the sixth is not 106
    return isNumber && /\d$/.test(before) ? "hole" : "text";
  }

  /** @param {Element} element   one that may not be read @param {CSSStyleDeclaration} style @returns {InlinePart} */
  function partOfUnread(element, style) {
    if (element.matches(WITHOUT_TEXT)) {
      return "hole";
    }
    const text = element.localName === "svg" ? (element.querySelector("text")?.textContent ?? "") : element.textContent;
    return saysSomething(text ?? "") && !ICON_FONT.test(style.fontFamily) ? "hole" : "beside";
  }

  return {
    isInline,
    isTiny,
    saysSomething,

    /** Whether an element is taken out of the text that it stands in. @param {CSSStyleDeclaration} style */
    isOutOfFlow: (style) => !isInline(style.display) && isOutOfFlow(style),

    /**
     * @param {Element} element
     * @param {CSSStyleDeclaration} style   of the element
     * @param {boolean} isLeftOut   whether it may not be read
     * @param {() => string} before   the text so far, or the end of it
     * @returns {InlinePart}
     */
    of(element, style, isLeftOut, before) {
      const { display } = style;
      if (display === "none" || element.matches(ANNOTATION)) {
        return "beside";
      }
      if (!isInline(display)) {
        if (!isOutOfFlow(style)) {
          return "edge";
        }
        return !isLeftOut && style.cssFloat !== "none" && isInitial(element, before()) ? "text" : "beside";
      }
      if (element.matches(STRUCK) || style.textDecorationLine.includes("line-through") || isUnseen(element, style)) {
        return "beside";
      }
      if (isLeftOut) {
        return style.visibility === "visible" ? partOfUnread(element, style) : "beside";
      }
      if (element instanceof HTMLImageElement) {
        return partOfImage(element);
      }
      return element.localName === "sup" ? partOfRaised(element, before()) : "text";
    },
  };
})();

Object.assign(globalThis, { InlineParts });
