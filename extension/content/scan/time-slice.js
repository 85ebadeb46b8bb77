/** A short while for work, so that the page does not notice it. */
class TimeSlice {
  static #LONGEST_MS = 8;

  #end = performance.now() + TimeSlice.#LONGEST_MS;

  get isOver() {
    return performance.now() > this.#end;
  }

  /** Let the page have the thread, and begin anew. */
  async rest() {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    this.#end = performance.now() + TimeSlice.#LONGEST_MS;
  }
}

Object.assign(globalThis, { TimeSlice });
