/** The style of the card. Sizes are in px, since `rem` would follow the page. */
const CARD_STYLE = `
  * { box-sizing: border-box; margin: 0; padding: 0; }
  [part~="card"] {
    --paper: #ffffff; --ink: #1b1b1f; --faint: #55555e; --line: #c9c9d1; --shade: #f3f3f6; --accent: #0b57d0;
    --vermilion: #a84300; --amber: #7a5200; --green: #00664a; --grey: #55555e;
    color-scheme: light;
    position: fixed; left: 0; top: 0; inline-size: 380px;
    display: flex; flex-direction: column;
    font: 14px/1.45 system-ui, sans-serif; text-align: start; overflow-wrap: anywhere;
    color: var(--ink); background: var(--paper);
    border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / 28%);
  }
  [part~="card"][data-place="page"] {
    position: static; inline-size: auto; border: 0; border-radius: 0; box-shadow: none; background: none;
  }
  @media (prefers-color-scheme: dark) {
    [part~="card"] {
      --paper: #222227; --ink: #ececf1; --faint: #b4b4be; --line: #4a4a54; --shade: #2e2e35; --accent: #a8c7fa;
      --vermilion: #ff9a5c; --amber: #f2c14e; --green: #5fd1ab; --grey: #b4b4be;
      color-scheme: dark;
    }
  }
  [part~="card"]:focus { outline: none; }
  [part~="card"]:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible,
  [part~="body"]:focus-visible {
    outline: 2px solid var(--accent); outline-offset: 2px;
  }

  [part~="close"] {
    position: absolute; inset-block-start: 6px; inset-inline-end: 6px; inline-size: 28px; block-size: 28px; border: 0; border-radius: 6px; background: none;
    font: 18px/1 system-ui, sans-serif; color: var(--faint); cursor: pointer;
  }
  [part~="close"]:hover { background: var(--shade); color: var(--ink); }

  [part~="body"] { border-radius: 9px 9px 0 0; overflow: auto; scrollbar-width: thin; padding: 9px 14px 11px; display: grid; gap: 13px; }
  [part~="statement"] { display: grid; gap: 6px; }
  [part~="label"], [part~="message"] { margin-inline-end: 28px; }
  [part~="statement"] + [part~="statement"] { border-block-start: 1px solid var(--line); padding-block-start: 12px; }

  [part~="label"] {
    justify-self: start; font-size: 17px; line-height: 1.3; font-weight: 650;
    text-decoration-line: underline; text-underline-offset: 4px; text-decoration-thickness: 2px;
  }
  [data-label="false"] > [part~="label"] { color: var(--vermilion); text-decoration-style: wavy; }
  [data-label="likely-false"] > [part~="label"] { color: var(--vermilion); text-decoration-style: dashed; }
  [data-label="mixed"] > [part~="label"] { color: var(--amber); text-decoration-style: double; }
  [data-label="true"] > [part~="label"] { color: var(--green); text-decoration-style: solid; }
  [data-label="likely-true"] > [part~="label"] { color: var(--green); text-decoration-style: dotted; text-decoration-thickness: 3px; }
  [data-label="unsure"] > [part~="label"] { color: var(--grey); text-decoration-style: dotted; text-decoration-thickness: 1px; }
  [data-label="no-claim"] > [part~="label"] { color: var(--grey); text-decoration-line: none; }

  [part~="quote"] {
    border-inline-start: 3px solid var(--line); padding-inline-start: 10px;
    font-size: 13px; color: var(--faint); white-space: pre-line;
  }
  [part~="counted-word"] { text-decoration: underline; text-underline-offset: 3px; text-decoration-skip-ink: none; }
  [part~="counted-word"][data-strength="1"] { text-decoration-thickness: 1px; }
  [part~="counted-word"][data-strength="2"] { text-decoration-thickness: 2px; }
  [part~="counted-word"][data-strength="3"] { text-decoration-thickness: 4px; color: var(--ink); }
  [part~="counted"], [part~="wording"] { font-size: 13px; color: var(--faint); }
  [part~="probability"] { font-weight: 600; }
  [part~="heading"] { font-size: 12px; font-weight: 600; color: var(--faint); }
  ul { list-style: none; display: grid; gap: 3px; }
  a { color: var(--accent); }
  code { font: 13px/1.4 ui-monospace, monospace; background: var(--shade); border-radius: 4px; padding: 1px 5px; user-select: all; }
  [part~="failure"] { display: grid; gap: 8px; justify-items: start; }
  [part~="detail"] { color: var(--faint); font-size: 13px; }

  [part~="evidence"] { gap: 8px; }
  [part~="fact-check"] { border-inline-start: 3px solid var(--line); padding-inline-start: 10px; }
  [part~="fact-check"]:is([data-relation="same-claim"], [data-relation="opposite-claim"]) { border-color: var(--accent); }
  [part~="rating"][data-label="false"] { color: var(--vermilion); }
  [part~="rating"][data-label="mixed"] { color: var(--amber); }
  [part~="rating"][data-label="true"] { color: var(--green); }
  [part~="line"] { font-size: 13px; }
  [part~="attribution"] { font-size: 13px; color: var(--faint); }

  [part~="look-up"] { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 8px; font-size: 13px; }
  [part~="judge"] { display: grid; gap: 2px; border-inline-start: 3px dotted var(--faint); padding-inline-start: 10px; font-size: 13px; color: var(--faint); }
  [part~="judge-name"], [part~="judge-change"] { font-size: 12px; }
  [part~="judge-words"] { color: var(--ink); font-style: italic; }

  [part~="silent"] { border-block-start: 1px solid var(--line); padding-block-start: 8px; font-size: 13px; }
  [part~="silent"] > summary { color: var(--faint); cursor: pointer; }
  [part~="silent"] > [part~="statement"] { margin-block-start: 10px; }
  [part~="actions"] { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-block-start: 2px; }
  [part~="action"] {
    border: 1px solid var(--line); border-radius: 6px; padding: 2px 9px; background: none;
    font: inherit; font-size: 13px; color: inherit; cursor: pointer;
  }
  [part~="action"]:hover, [part~="chip"]:hover { background: var(--shade); }
  [part~="status"] { font-size: 13px; color: var(--faint); }
  [part~="feedback"] { display: grid; gap: 8px; border-block-start: 1px solid var(--line); padding-block-start: 8px; }
  fieldset { border: 0; display: flex; flex-wrap: wrap; gap: 2px 14px; }
  legend { font-weight: 600; margin-block-end: 2px; }
  [part~="choice"] { display: flex; gap: 6px; align-items: baseline; }
  [part~="field"] { display: grid; gap: 3px; }
  [part~="hint"] { font-size: 12px; color: var(--faint); }
  [hidden] { display: none; }
  select { font: inherit; font-size: 13px; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; padding: 3px 4px; inline-size: 100%; }
  textarea {
    font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px;
    padding: 4px 6px; resize: vertical; inline-size: 100%;
  }

  [part~="card"][data-state="chip"] { inline-size: auto; border-radius: 16px; }
  [data-state="chip"] > [part~="body"] { padding: 0; }
  [data-state="chip"] > [part~="close"] { display: none; }
  [part~="chip"] {
    border: 0; border-radius: 16px; padding: 5px 14px; background: none; font: inherit; font-weight: 600; color: var(--accent);
    cursor: pointer;
  }

  [part~="footer"] { padding: 5px 14px 6px; border-block-start: 1px solid var(--line); font-size: 12px; color: var(--faint); }
  [part~="footer"]:empty { display: none; }
  [part~="announcer"] { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }

  @media (forced-colors: active) {
    [part~="card"] { border: 2px solid CanvasText; box-shadow: none; }
  }
`;

Object.assign(globalThis, { CARD_STYLE });
