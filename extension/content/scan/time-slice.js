/** A short period of work that does not delay the page. */
class TimeSlice {
  static #LONGEST_MS = 8;
  /** Reading the clock at every call would take as long as some of the work. */
  static #LOOK_EVERY = 8;

  #end = performance.now() + TimeSlice.#LONGEST_MS;
  #asked = 0;

  /** Whether it is time to rest; ask after each small piece of work. */
  isOver() {
    this.#asked += 1;
    return this.#asked % TimeSlice.#LOOK_EVERY === 0 && performance.now() > this.#end;
  }

  /** Yield the thread to the page, then start a new slice. */
  async rest() {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    this.#end = performance.now() + TimeSlice.#LONGEST_MS;
  }
}

Object.assign(globalThis, { TimeSlice });
