/**
 * One block of text as the reader sees it, and the way back: which characters of which text nodes it was made of.
 *
 * The text is what is sent to the server; its answer comes back as offsets into that text. White space that the browser
 * collapses is collapsed here as well, hence a table instead of arithmetic: each piece says that `length` characters from
 * `start` on in the text are those from `nodeStart` on in `node`. Line breaks that stand for an element have no piece.
 */
class BlockText {
  /** Stands for something that the reader sees and that is not read: OBJECT REPLACEMENT CHARACTER. */
  static HOLE = "\ufffc";

  static #SPACE = /^[ \t\n\r\f]/;
  /** Words with single spaces between them, which need no change; or white space. */
  static #RUNS = /[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*|[ \t\n\r\f]+/g;
  /** What looks the same whether white space is collapsed or not. */
  static #IS_PLAIN = /^[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*$/;
  /** Where a sentence surely ends: not after a word that is so short that it may be an abbreviation. */
  static #IS_ENDED = /(?:^|\n|(?:[!?…]|(?<!\p{L})(?:\p{Ll}[\p{L}'’-]{3,}|\p{Lu}\p{L}{5,})\.)[\p{Pe}\p{Pf}"']*) *$/u;
  static #BEGINS_SENTENCE = /^[\p{Ps}\p{Pi}"']*[\p{Lu}\p{Lt}\p{N}]/u;
  static #GOES_ON = /^\p{Ll}/u;
  static #IS_UNFINISHED = /[\p{L}\p{N},;'’"”)\]–—-]$/u;
  /** How many characters to look back for the end of a sentence. */
  static #LOOK_BACK = 40;

  text = "";

  /** @type {{node: Text, nodeStart: number, start: number, length: number, isApart: boolean}[]} */
  #pieces = [];
  #isApart = false;
  /** The last character, kept because looking it up would copy the text that was joined so far. */
  #last = "";
  /** Line breaks that no text has followed yet. */
  #breaks = 0;
  /** Where the hole stands that no text has followed yet. @type {number | null} */
  #hole = null;

  get isEmpty() {
    return this.#pieces.length === 0;
  }

  /**
   * Append the characters `from`…`to` of a text node, of which the computed `white-space-collapse` can be asked.
   *
   * @param {Text} node
   * @param {number} from
   * @param {number} to
   * @param {() => string} collapseOf   browsers take a while to look a style up
   */
  addText(node, from, to, collapseOf) {
    const characters = node.data.slice(from, to);
    const collapse = BlockText.#IS_PLAIN.test(characters) ? "preserve" : collapseOf();
    if (collapse === "preserve" || collapse === "break-spaces") {
      this.#add(node, from, characters);
      return;
    }
    for (const { 0: run, index } of characters.matchAll(BlockText.#RUNS)) {
      const at = from + index;
      if (!BlockText.#SPACE.test(run)) {
        this.#add(node, at, run);
      } else if (collapse === "preserve-breaks" && run.includes("\n")) {
        this.#dropSpaceAtEnd();
        this.#add(node, at + run.indexOf("\n"), "\n");
      } else if (this.#last !== "" && this.#last !== " " && this.#last !== "\n") {
        this.#add(node, at, " ");
      }
    }
  }

  /** Append the end of a line that no text node holds. */
  addLineBreak() {
    this.#closeHole("");
    this.#dropSpaceAtEnd();
    if (this.text !== "") {
      this.#breaks += 1;
      this.#last = "\n";
    }
  }

  /** Append something that the reader sees and that is not read: a sentence that it is a part of cannot be judged. */
  addHole() {
    this.#isApart = true;
    if (this.#hole === null) {
      this.#endLines("");
      this.#hole = this.text.length;
      this.text += BlockText.HOLE;
      // at the start of a line white space stays collapsed
      this.#last = this.#hole === 0 || this.#last === "\n" ? this.#last : BlockText.HOLE;
    }
  }

  /** Note a gap between what was added and what follows: no range may run across it. */
  addGap() {
    this.#isApart = true;
  }

  /** Whether all that the reader sees between two characters was read. @param {number} start @param {number} end */
  isWhole(start, end) {
    return !this.text.slice(start, end).includes(BlockText.HOLE);
  }

  /** The last few characters. */
  get tail() {
    return this.text.slice(-BlockText.#LOOK_BACK);
  }

  /** Take white space off the end, which the reader does not see. */
  finish() {
    this.#closeHole("");
    this.text = this.text.trimEnd();
    for (let last = this.#pieces.at(-1); last && last.start + last.length > this.text.length; last = this.#pieces.at(-1)) {
      last.length = this.text.length - last.start;
      if (last.length > 0) {
        break;
      }
      this.#pieces.pop();
    }
  }

  /**
   * The parts of text nodes that hold the characters `start`…`end` of the text.
   *
   * @param {number} start
   * @param {number} end
   */
  parts(start, end) {
    return this.#pieces
      .filter((piece) => piece.start < end && piece.start + piece.length > start)
      .map(({ node, nodeStart, start: pieceStart, length, isApart }) => ({
        node,
        from: nodeStart + Math.max(0, start - pieceStart),
        to: nodeStart + Math.min(length, end - pieceStart),
        isApart,
      }));
  }

  /**
   * Where the characters `start`…`end` of the text lie in the page: one span, unless something unread lies in between.
   *
   * @param {number} start
   * @param {number} end
   * @returns {StaticRangeInit[]}
   */
  spans(start, end) {
    /** @type {StaticRangeInit[]} */
    const spans = [];
    for (const { node, from, to, isApart } of this.parts(start, end)) {
      const last = spans.at(-1);
      if (last && !isApart) {
        last.endContainer = node;
        last.endOffset = to;
      } else {
        spans.push({ startContainer: node, startOffset: from, endContainer: node, endOffset: to });
      }
    }
    return spans;
  }

  /**
   * The same as ranges that follow what the page changes.
   *
   * @param {number} start
   * @param {number} end
   * @returns {Range[]}
   */
  ranges(start, end) {
    return this.spans(start, end).map(({ startContainer, startOffset, endContainer, endOffset }) => {
      const range = new Range();
      range.setStart(startContainer, startOffset);
      range.setEnd(endContainer, endOffset);
      return range;
    });
  }

  /** @param {Text} node @param {number} nodeStart @param {string} characters */
  #add(node, nodeStart, characters) {
    if (characters !== " ") {
      this.#closeHole(characters);
      this.#endLines(characters);
    }
    const last = this.#pieces.at(-1);
    const continues =
      last?.node === node && last.nodeStart + last.length === nodeStart && last.start + last.length === this.text.length;
    if (continues) {
      last.length += characters.length;
    } else {
      const start = this.text.length;
      this.#pieces.push({ node, nodeStart, start, length: characters.length, isApart: this.#isApart });
      this.#isApart = false;
    }
    this.text += characters;
    this.#last = characters.slice(-1);
  }

  /** End the lines that wait for their end, or go on in the last one if what follows does. @param {string} following */
  #endLines(following) {
    if (this.#breaks > 0) {
      const goesOn =
        this.#breaks === 1 && BlockText.#GOES_ON.test(following) && BlockText.#IS_UNFINISHED.test(this.tail);
      this.text += goesOn ? " " : "\n".repeat(this.#breaks);
      this.#breaks = 0;
    }
  }

  /** Decide whether the hole is a part of a sentence or stands between two. @param {string} following   empty at the end of a line */
  #closeHole(following) {
    if (this.#hole === null) {
      return;
    }
    const at = this.#hole;
    this.#hole = null;
    const before = this.text.slice(Math.max(0, at - BlockText.#LOOK_BACK), at);
    const isBetween = BlockText.#IS_ENDED.test(before) && (following.trim() === "" || BlockText.#BEGINS_SENTENCE.test(following));
    if (isBetween && at === this.text.length - 1 && /(?:^|\n)$/.test(before)) {
      this.text = this.text.slice(0, at);
    } else if (isBetween) {
      this.text = `${this.text.slice(0, at)}\n${this.text.slice(at + 1)}`;
    }
  }

  #dropSpaceAtEnd() {
    const last = this.#pieces.at(-1);
    if (last && this.#last === " ") {
      this.text = this.text.slice(0, -1);
      this.#last = this.text.slice(-1);
      last.length -= 1;
      if (last.length === 0) {
        this.#pieces.pop();
      }
    }
  }
}

Object.assign(globalThis, { BlockText });
