// Elements of the card: buttons, notices.

const CardElements = (() => {
  /**
   * An element of the card.
   *
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  return {
    element,

    /**
     * A button that reacts only to the reader: the page's scripts can reach the card, but cannot create trusted events.
     *
     * @param {string} action
     * @param {string} name
     * @param {() => void} onClick
     */
    button(action, name, onClick) {
      const made = element("button", { type: "button", part: "action", "data-action": action }, name);
      made.addEventListener("click", ({ isTrusted }) => isTrusted && onClick());
      return made;
    },

    /** @param {string} text */
    chip: (text) => element("button", { part: "chip", type: "button" }, text),

    /** @param {string} text */
    notice: (text) => element("p", { part: "message" }, text),
  };
})();

Object.assign(globalThis, { CardElements });
