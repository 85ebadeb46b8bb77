/**
 * A cache that lasts until the end of the current task, while nothing but this extension can change the page: looking a
 * style up again for each of hundreds of paragraphs would take longer than reading them.
 *
 * @template Key, Value
 */
class TaskCache {
  /** @type {Map<Key, Value>} */
  #known = new Map();

  /** @param {Key} key @param {() => Value} find @returns {Value} */
  get(key, find) {
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.#known.size === 0) {
      queueMicrotask(() => this.#known.clear());
    }
    const found = find();
    this.#known.set(key, found);
    return found;
  }

  /**
   * Whether an element, or one around it, has something; kept in this memory.
   *
   * @param {TaskCache<Element, boolean>} memory
   * @param {Element} element
   * @param {(style: CSSStyleDeclaration, element: Element) => boolean} has
   * @returns {boolean}
   */
  static isAround(memory, element, has) {
    return memory.get(element, () => {
      const parent = FlatTree.parent(element);
      return has(getComputedStyle(element), element) || (parent !== null && TaskCache.isAround(memory, parent, has));
    });
  }
}

Object.assign(globalThis, { TaskCache });
