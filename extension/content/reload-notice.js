/** A notice, shown once, that the extension was updated or removed and the page has to be reloaded. */
class ReloadNotice {
  static #STYLE = `
    [part="card"] {
      position: fixed; inset-block-start: 8px; inset-inline-start: 8px; max-inline-size: min(380px, 100vw - 16px);
      padding: 9px 14px 11px; font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
      color-scheme: light dark; color: light-dark(#1b1b1f, #ececf1); background: light-dark(#ffffff, #222227);
      border: 1px solid light-dark(#c9c9d1, #4a4a54); border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / 28%);
    }
    @media (forced-colors: active) { [part="card"] { border: 2px solid CanvasText; box-shadow: none; } }
  `;

  /** Fetched in advance: once the extension is gone, there are no texts. */
  #words = words("notice_cut_off");
  #direction = words("@@bidi_dir");

  /** Until the reader presses somewhere, or Escape. */
  show() {
    const notice = document.createElement("p");
    notice.setAttribute("part", "card");
    notice.setAttribute("role", "alert");
    notice.dataset.state = "notice";
    notice.dir = this.#direction;
    notice.textContent = this.#words;
    const host = CardHost.open(notice, ReloadNotice.#STYLE);
    const heard = new AbortController();
    const end = () => {
      heard.abort();
      host.remove();
    };
    addEventListener("pointerdown", end, { capture: true, signal: heard.signal });
    addEventListener("keydown", ({ key }) => key === "Escape" && end(), { capture: true, signal: heard.signal });
  }
}

Object.assign(globalThis, { ReloadNotice });
