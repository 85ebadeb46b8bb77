import { element } from "./elements.js";

/**
 * A JSON schema, as far as pydantic writes them: https://json-schema.org/draft/2020-12
 *
 * @typedef {object} Schema
 * @property {string} [$ref]
 * @property {string} [type]
 * @property {string} [title]
 * @property {string} [description]
 * @property {unknown[]} [enum]
 * @property {unknown} [const]
 * @property {Schema[]} [anyOf]
 * @property {Schema} [items]
 * @property {Record<string, Schema>} [properties]
 * @property {Schema | boolean} [additionalProperties]
 * @property {string[]} [required]
 */

/** A schema in a few words, with links to the shapes it names. @param {Schema} schema @returns {HTMLElement} */
export function typeOf(schema) {
  return element("span", { class: "type" }, ...parts(schema));
}

/** The least that a schema asks for. @param {Schema} schema @param {Record<string, Schema>} shapes @returns {unknown} */
export function exampleOf(schema, shapes) {
  if (schema.$ref) {
    return exampleOf(shapes[shapeName(schema.$ref)], shapes);
  }
  if (schema.enum) {
    return schema.enum[0];
  }
  if (schema.items) {
    return [exampleOf(schema.items, shapes)];
  }
  if (schema.properties) {
    const { properties } = schema;
    return Object.fromEntries((schema.required ?? []).map((name) => [name, exampleOf(properties[name], shapes)]));
  }
  return schema.type === "string" ? "One sentence." : 1;
}

/** @param {string} reference */
const shapeName = (reference) => reference.slice(reference.lastIndexOf("/") + 1);

/** @param {Schema} schema @returns {(Node | string)[]} */
function parts(schema) {
  if (schema.$ref) {
    const name = shapeName(schema.$ref);
    return [element("a", { href: `#shape-${name}` }, name)];
  }
  if (schema.anyOf) {
    return schema.anyOf.flatMap((choice, index) => [...(index > 0 ? [" | "] : []), ...parts(choice)]);
  }
  if (schema.enum) {
    return [schema.enum.map((value) => JSON.stringify(value)).join(" | ")];
  }
  if (schema.const !== undefined) {
    return [JSON.stringify(schema.const)];
  }
  if (schema.items) {
    return ["list of ", ...parts(schema.items)];
  }
  if (typeof schema.additionalProperties === "object") {
    return ["object of ", ...parts(schema.additionalProperties)];
  }
  return [schema.type ?? "anything"];
}
