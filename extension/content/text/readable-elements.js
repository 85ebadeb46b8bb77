// Which elements may be read: text that a reader can see, never input fields or editable text.

const Readable = (() => {
  /** Neither read in a page scan nor in a selection. */
  const NEVER = `script, style, noscript, template, iframe, object, svg, math, canvas, audio, video, rt, rp,
    input, textarea, select, option, datalist, [role="textbox"], [role="searchbox"], [role="combobox"],
    ${CARD_NAME}`;

  /** Some servers wrap the whole page in one form, which is not a form to the reader. */
  const FORM = "form:not(:has(article, main, h1))";

  /** What a page scan also leaves out: navigation, forms, buttons, code. */
  const NOT_SCANNED = `${NEVER}, ${FORM}, nav, menu, pre, code, kbd, samp, button, label, legend, fieldset, del, s, strike,
    [role="deletion"], [aria-hidden="true"], [role="navigation"], [role="menu"], [role="menubar"], [role="toolbar"],
    [role="tablist"], [role="search"], [role="form"], [role="button"]`;

  const UNSPACED_SCRIPTS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
  const WORD = /\p{L}[\p{L}\p{M}\p{N}'’.-]*/gu;
  const FEWEST_WORDS = 3;
  const FEWEST_SIGNS_WITHOUT_SPACES = 6;

  /** @param {Element} element */
  const isEditable = (element) => element instanceof HTMLElement && element.isContentEditable;

  /** @param {string} text @param {RegExp} pattern @param {number} fewest */
  function has(text, pattern, fewest) {
    let count = 0;
    // a global pattern goes on where it stopped
    pattern.lastIndex = 0;
    while (count < fewest && pattern.test(text)) {
      count += 1;
    }
    return count === fewest;
  }

  return {
    /** The longest block that the server takes, in UTF-16 code units. */
    LONGEST_BLOCK: 20_000,

    /** Whether the text inside an element is never read, not even when it is selected. @param {Element} element */
    isPrivate: (element) => element.matches(NEVER) || isEditable(element),

    /** Whether a page scan passes over an element. @param {Element} element */
    isNotScanned: (element) => element.matches(NOT_SCANNED) || isEditable(element),

    /** Whether an element lies in something that is never read. @param {Element} element */
    isInsidePrivate: (element) =>
      FlatTree.isInside(element, (inner) => inner.closest(NEVER) !== null || isEditable(inner)),

    /** Whether an element lies in something that a page scan passes over. @param {Element} element */
    isInsideNotScanned: (element) =>
      FlatTree.isInside(element, (inner) => inner.closest(NOT_SCANNED) !== null || isEditable(inner)),

    /** Whether a text is more than what a double click selects. @param {string} text */
    isSeveralWords: (text) => has(text, WORD, 2),

    /** Whether a text is long enough to hold a statement. @param {string} text */
    isWorthChecking: (text) =>
      has(text, WORD, FEWEST_WORDS) || has(text, UNSPACED_SCRIPTS, FEWEST_SIGNS_WITHOUT_SPACES),
  };
})();

Object.assign(globalThis, { Readable });
