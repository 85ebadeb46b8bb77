"""What an auto-scan should send of a page, found in another way than the extension does.

The extension walks down from elements; this starts at each text node, asks the browser whether a reader sees it, and
puts together what no block-level element separates. White space is left out of the comparison: what a reader sees of it
is tested where blocks are.
"""

from __future__ import annotations

from tests.extension.browsers import Tab

HOLE = "\ufffc"

READABLE_TEXT = r"""() => {
  const machinery = ['script', 'style', 'noscript', 'template', 'iframe', 'object', 'svg', 'math', 'canvas', 'audio',
    'video', 'rt', 'rp', 'input', 'textarea', 'select', 'option', 'datalist', 'nav', 'menu', 'pre', 'code', 'kbd',
    'samp', 'button', 'label', 'legend', 'fieldset', 'del', 's', 'strike', '[aria-hidden="true"]',
    ...['textbox', 'searchbox', 'combobox', 'navigation', 'menu', 'menubar', 'toolbar', 'tablist', 'search', 'form',
      'button'].map((role) => `[role="${role}"]`)].join();
  const isInline = ({display}) => /^(inline|ruby|contents)/.test(display);
  const ancestors = function* (element) { for (let one = element; one; one = one.parentElement) yield one; };
  const isPassedOver = (element) => [...ancestors(element)].some((one) => one.matches(machinery)
    || one.isContentEditable || (one.matches('form') && !one.querySelector('article, main, h1')));
  const ownerOf = (element) => [...ancestors(element)].find((one) => !isInline(getComputedStyle(one))
    || one === document.documentElement);
  const isBeside = (style) => style.float !== 'none' || ['absolute', 'fixed'].includes(style.position);
  // what is struck out, not seen, or a footnote mark, in the middle of a text
  const isSkipped = (element, owner) => [...ancestors(element)].some((one) => {
    if (one === owner || one.contains(owner)) return false;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return style.textDecorationLine.includes('line-through') || style.opacity === '0' || style.fontSize === '0px'
      || (style.display === 'inline-block' && (parseFloat(style.textIndent) < -200
        || (style.overflowX !== 'visible' && (box.width <= 1 || box.height <= 1))))
      || (one.localName === 'sup' && (/^\s*[[(*†‡§¶]/.test(one.textContent) || one.querySelector('a') !== null));
  });
  const isFolded = (element) => element !== document.body && element !== document.documentElement
    && !['visible', ''].includes(getComputedStyle(element).overflowY) && !isInline(getComputedStyle(element))
    && element.clientHeight <= 1;
  const isSeen = (owner) => {
    const {width, height} = owner.getBoundingClientRect();
    return owner.checkVisibility({visibilityProperty: true, opacityProperty: true})
      && ![...ancestors(owner)].some(isFolded) && width > 1 && height > 1;
  };
  const blocks = [];
  const open = new Map();  // the block of each owner that the next text continues
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement;
    const style = getComputedStyle(element);
    if (style.display === 'none' || !element.checkVisibility()) continue;
    if (node === element && !isInline(style) && !isBeside(style) && element.parentElement) {
      open.delete(ownerOf(element.parentElement));
    }
    if (node === element || isPassedOver(element) || isSkipped(element, ownerOf(element))) continue;
    if (style.visibility === 'visible') {
      const owner = ownerOf(element);
      if (!open.has(owner)) {
        const block = {owner, text: ''};
        open.set(owner, block);
        blocks.push(block);
      }
      open.get(owner).text += node.data;
    }
  }
  const words = /\p{L}[\p{L}\p{M}\p{N}'’.-]*/gu;
  return blocks.filter(({owner, text}) => (text.match(words) ?? []).length >= 3 && isSeen(owner))
    .map(({text}) => text.replace(/\s/g, ''));
}"""


def readable_text(tab: Tab) -> set[str]:
    """Every block with three words or more, without white space."""
    return set(tab.call(READABLE_TEXT))


def without_space(texts: list[str]) -> set[str]:
    """What was sent, as it is compared: without the signs that stand for what is not read."""
    return {"".join(text.replace(HOLE, "").split()) for text in texts}
