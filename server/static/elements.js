// Elements of a page, made without markup, so that no text of anybody is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * An element of a drawing.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * The element with an id, which the page is known to have.
 *
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`no element #${id}`);
  }
  return found;
}

/**
 * A link to an address that somebody else wrote; only the web is linked to.
 *
 * @param {string} url
 * @param {string} name
 */
export function linkTo(url, name) {
  const address = URL.parse(url);
  return address && ["http:", "https:"].includes(address.protocol)
    ? element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, name)
    : name;
}
