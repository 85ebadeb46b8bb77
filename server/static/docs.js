// The documentation of the API, made from the schema that the server itself answers.

import { get } from "./api.js";
import { byId, element } from "./elements.js";
import { showStatus } from "./status.js";
import { exampleOf, typeOf } from "./schema.js";
import { words } from "./words.js";

/** @typedef {import("./schema.js").Schema} Schema */
/** @typedef {{content?: Record<string, {schema?: Schema}>}} Payload */
/** @typedef {{name: string, in: string, required?: boolean, description?: string, schema: Schema}} Parameter */
/** @typedef {{summary?: string, description?: string, parameters?: Parameter[], requestBody?: Payload, responses: Record<string, Payload>}} Operation */
/** @typedef {{info: {description?: string}, paths: Record<string, Record<string, Operation>>, components: {schemas: Record<string, Schema>}}} Document */

/** @param {Document} document */
function show({ info, paths, components }) {
  byId("docs-about").textContent = info.description ?? "";
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  byId("docs-contents").replaceChildren(
    element(
      "ul",
      {},
      ...operations.map(({ path, method }) =>
        element("li", {}, element("a", { href: `#${anchor(method, path)}` }, method, " ", path)),
      ),
    ),
  );
  byId("docs-routes").replaceChildren(
    ...operations.map(({ path, method, operation }) => route(method, path, operation, components.schemas)),
  );
  byId("docs-shapes-heading").hidden = false;
  byId("docs-shapes").replaceChildren(
    ...Object.entries(components.schemas).map(([name, schema]) => shapeOf(name, schema)),
  );
  if (location.hash) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

/** @param {string} method @param {string} path */
const anchor = (method, path) => `${method}${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

/** @param {string} method @param {string} path @param {Operation} operation @param {Record<string, Schema>} shapes */
function route(method, path, { summary, description, parameters = [], requestBody, responses }, shapes) {
  return element(
    "article",
    { class: "panel", id: anchor(method, path) },
    element("h2", {}, element("span", { class: "method" }, method), " ", path),
    ...[summary, description].filter((text) => text !== undefined).map((text) => element("p", {}, text)),
    ...(parameters.length > 0
      ? [
          element("h3", {}, words("docs_parameters")),
          table(
            parameters.map((parameter) => [
              parameter.name,
              typeOf(parameter.schema),
              needed(parameter.required),
              parameter.description ?? "",
            ]),
          ),
        ]
      : []),
    ...(requestBody ? [element("h3", {}, words("docs_body")), element("p", {}, payload(requestBody))] : []),
    element("h3", {}, words("docs_answers")),
    ...answers(responses),
    element("h3", {}, words("docs_try")),
    element("pre", {}, element("code", {}, command(method, path, requestBody, shapes))),
  );
}

/** The good answers, and the numbers of the bad ones, which all have one shape. @param {Record<string, Payload>} responses */
function answers(responses) {
  const all = Object.entries(responses);
  const bad = all.filter(([status]) => Number(status) >= 400);
  return [
    ...all
      .filter((answer) => !bad.includes(answer))
      .map(([status, answer]) => element("p", {}, element("strong", {}, status), " ", payload(answer))),
    element("p", {}, words("docs_errors"), " ", payload(bad[0][1]), ": ", bad.map(([status]) => status).join(", ")),
  ];
}

/** @param {string} name @param {Schema} schema */
function shapeOf(name, schema) {
  const fields = Object.entries(schema.properties ?? {}).map(([field, value]) => [
    field,
    typeOf(value),
    needed(schema.required?.includes(field)),
    value.description ?? "",
  ]);
  return element(
    "article",
    { class: "panel", id: `shape-${name}` },
    element("h2", {}, name),
    ...(schema.description ? [element("p", {}, schema.description)] : []),
    fields.length > 0 ? table(fields) : element("p", {}, typeOf(schema)),
  );
}

/** @param {boolean | undefined} required */
const needed = (required) => words(required ? "docs_field_required" : "docs_field_optional");

/** What a body consists of, by media type. @param {Payload} given */
function payload({ content = {} }) {
  const fragment = new DocumentFragment();
  Object.entries(content).forEach(([mediaType, { schema }], index) => {
    fragment.append(...(index > 0 ? [", "] : []), mediaType, ...(schema ? [" ", typeOf(schema)] : []));
  });
  return fragment;
}

/** @param {(Node | string)[][]} rows */
function table(rows) {
  const made = rows.map(([head, ...cells]) =>
    element("tr", {}, element("th", { scope: "row" }, head), ...cells.map((cell) => element("td", {}, cell))),
  );
  return element(
    "div",
    { class: "scrolls", tabindex: "0", role: "group" },
    element("table", {}, element("tbody", {}, ...made)),
  );
}

/** @param {string} method @param {string} path @param {Payload | undefined} body @param {Record<string, Schema>} shapes */
function command(method, path, body, shapes) {
  const parts = ["curl", ...(method === "GET" ? [] : ["-X", method]), `${location.origin}${path}`];
  const schema = body?.content?.["application/json"]?.schema;
  if (schema) {
    parts.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(exampleOf(schema, shapes))}'`);
  }
  return parts.join(" ");
}

try {
  show(await get("/openapi.json"));
} catch (error) {
  showStatus(byId("docs-status"), error);
}
