import { element } from "./elements.js";
import { words } from "./words.js";

/** @typedef {{text: string, statements: Statement[]}} CheckedBlock */

/**
 * A text whose statements can be chosen, by mouse or by the arrow keys: a listbox, so that it is one stop of the Tab key.
 * https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export class CheckedText {
  #box;
  #onChoice;
  /** @type {{option: HTMLElement, statement: Statement, text: string}[]} */
  #entries = [];

  /** @param {HTMLElement} box @param {(statement: Statement, text: string) => void} onChoice */
  constructor(box, onChoice) {
    this.#box = box;
    this.#onChoice = onChoice;
    box.onclick = ({ target }) => this.#choose(this.#indexOf(target), true);
    box.onkeydown = (event) => this.#walk(event);
  }

  /** Show blocks and choose the first statement that something is said about. @param {CheckedBlock[]} blocks */
  show(blocks) {
    this.#entries = [];
    this.#box.replaceChildren(...blocks.map((block) => this.#paragraph(block)));
    const spoken = this.#entries.findIndex(({ statement }) => !["unsure", "no-claim"].includes(statement.label));
    this.#choose(Math.max(0, spoken), false);
  }

  /** @param {CheckedBlock} block */
  #paragraph({ text, statements }) {
    const paragraph = element("div", { role: "presentation" });
    let at = 0;
    for (const statement of statements) {
      const { start, end, label } = statement;
      const statementText = text.slice(start, end);
      const name = words("statement_option", { LABEL: words(`label_${label}`), TEXT: statementText });
      const option = element(
        "span",
        { class: "statement", role: "option", "aria-label": name, "aria-selected": "false", "data-label": label },
        statementText,
      );
      paragraph.append(text.slice(at, start), option);
      this.#entries.push({ option, statement, text });
      at = end;
    }
    paragraph.append(text.slice(at));
    return paragraph;
  }

  /** @param {EventTarget | null} target */
  #indexOf(target) {
    return this.#entries.findIndex(({ option }) => option === target);
  }

  /** @param {number} index @param {boolean} takesFocus */
  #choose(index, takesFocus) {
    const chosen = this.#entries[index];
    if (!chosen) {
      return;
    }
    for (const { option } of this.#entries) {
      option.setAttribute("aria-selected", String(option === chosen.option));
      option.tabIndex = option === chosen.option ? 0 : -1;
    }
    if (takesFocus) {
      chosen.option.focus();
    }
    this.#onChoice(chosen.statement, chosen.text);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const here = this.#indexOf(event.target);
    const last = this.#entries.length - 1;
    /** @type {Record<string, number>} */
    const places = {
      ArrowRight: Math.min(here + 1, last),
      ArrowDown: Math.min(here + 1, last),
      ArrowLeft: Math.max(here - 1, 0),
      ArrowUp: Math.max(here - 1, 0),
      Home: 0,
      End: last,
    };
    if (here !== -1 && event.key in places && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#choose(places[event.key], true);
    }
  }
}
