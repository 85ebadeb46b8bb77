// Where a statement without a verdict can be looked up, when the reader asks for it.

const CardLookUp = (() => {
  const EXPLORER = "https://toolbox.google.com/factcheck/explorer/search/";

  /** The address at which Google's search engine for fact-checks shows what it finds on a sentence. @param {string} said */
  function explorerAddress(said) {
    // the language follows a semicolon, and parentheses have a special meaning there
    const words = encodeURIComponent(said.toWellFormed()).replace(/[()!'*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
    return `${EXPLORER}${words};hl=en`;
  }

  return {
    /**
     * What can be done about a statement without a verdict; empty where there is one.
     *
     * @param {string} label
     * @param {string} said   the statement's words
     * @param {object} does
     * @param {() => void} does.search   shows what the dashboard's search finds
     * @param {boolean} does.offersExplorer   whether there is a link out of this machine
     */
    ways(label, said, { search, offersExplorer }) {
      if (label !== "unsure") {
        return [];
      }
      const link = { href: explorerAddress(said), target: "_blank", rel: "noopener noreferrer", "data-look-up": "explorer" };
      const explorer = [
        CardElements.element("a", link, words("look_up_explorer")),
        CardElements.element("span", { part: "hint" }, words("look_up_explorer_hint")),
      ];
      return [
        CardElements.element(
          "div",
          { part: "look-up" },
          CardElements.button("search", words("look_up_search"), search),
          ...(offersExplorer ? explorer : []),
        ),
      ];
    },
  };
})();

Object.assign(globalThis, { CardLookUp });
