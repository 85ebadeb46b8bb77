/**
 * The host of the card, in the page only while the card is open. No other node is ever added to a page, except for the lines
 * that are drawn in forced colours.
 *
 * It is in the top layer (`popover`), so that no dialog or z-index of the page hides it
 * (https://github.com/whatwg/html/issues/9381), in a shadow root that the page's rules do not reach.
 */
const CardHost = (() => {
  /** Keeps the host out of the page's layout; no rule from outside can override what is `!important` here. */
  const STYLE = `
    :host {
      all: initial !important;
      display: block !important;
      position: fixed !important;
      inset: 0 auto auto 0 !important;
      inline-size: 0 !important;
      block-size: 0 !important;
      overflow: visible !important;
    }
    @media print {
      :host { display: none !important; }
    }
  `;

  return {
    /** @param {HTMLElement} content @param {string} style   of the content @returns {HTMLElement} */
    open(content, style) {
      const host = document.createElement(CARD_NAME);
      const root = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE + style);
      root.adoptedStyleSheets = [sheet];
      root.append(content);
      host.popover = "manual";
      // everything outside of a modal dialog is inert
      const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
      (modal ?? document.documentElement).append(host);
      host.showPopover();
      return host;
    },

    /** Undo a zoom of the page, which would move what is put at a place of the window. @param {HTMLElement} host @param {HTMLElement} content */
    undoZoom(host, content) {
      content.style.zoom = String(1 / (host.currentCSSZoom || 1));
    },

    /** Remove hosts that an earlier run of this extension left in the page. */
    sweep() {
      document.querySelectorAll(CARD_NAME).forEach((host) => host.remove());
    },
  };
})();

Object.assign(globalThis, { CardHost });
