// What a browser has and Node lacks, as far as the code under test asks for it.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

const EXTENSION = new URL("../../../extension/", import.meta.url);

URL.parse ??= (text) => (URL.canParse(text) ? new URL(text) : null);

if (!globalThis.navigator?.locks) {
  Object.defineProperty(globalThis, "navigator", {
    value: { locks: { request: (name, task) => task() } },
    configurable: true,
  });
}

/** The extension API with a storage that lasts as long as the process, and one for the session. */
export const stored = {};
export const session = {};
globalThis.browser = {
  storage: {
    local: {
      get: async (key) => ({ [key]: stored[key] }),
      set: async (values) => void Object.assign(stored, structuredClone(values)),
    },
    session: {
      get: async (keys) => {
        const found = [keys].flat().filter((key) => key in session);
        return structuredClone(Object.fromEntries(found.map((key) => [key, session[key]])));
      },
      set: async (values) => void Object.assign(session, structuredClone(values)),
      remove: async (keys) => [keys].flat().forEach((key) => delete session[key]),
    },
  },
};

/** Run a classic script of the extension; the value of `expression` in its world is the answer. */
export function run(path, expression = "undefined") {
  const file = fileURLToPath(new URL(path, EXTENSION));
  return runInThisContext(`${readFileSync(file, "utf8")}\n;${expression}`, { filename: file });
}

/** Run the scripts that find the blocks of text on a page. */
export function runTextScripts() {
  run("shared/auto-scan.js");
  for (const name of ["flat-tree", "task-cache", "readable-elements", "block-text", "inline-elements", "block-collector"]) {
    run(`content/text/${name}.js`);
  }
}

/** Import a module of the extension. */
export function load(path) {
  return import(new URL(path, EXTENSION).href);
}
