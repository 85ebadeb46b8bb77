// A page in a world of its own with the entry script in it, and a log of what the script does there.

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const EXTENSION = new URL("../../../extension/", import.meta.url);
const FILES = ["shared/auto-scan.js", "content/entry/start.js"].map((path) => readFileSync(new URL(path, EXTENSION), "utf8"));
/** The scripts that the manifest lists. */
export const LISTED = ["extension/content/one.js", "extension/content/two.js"];
const IDLE = Symbol("idle");

Promise.withResolvers ??= () => {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};

/** Open the page; `begin` lets the script start, `change` changes the settings. */
export function enter({ stored = {}, ancestor, isTop = true, pageSite = "", highlights = 0, contentType = "text/html" } = {}) {
  const log = { imported: [], idle: [], controllers: [], asked: [], notices: 0, watchers: [], stopped: 0, caughtUp: 0 };
  const heard = { storage: [], visibility: [], signals: [] };
  const state = { isCutOff: false, settings: stored, failImport: false };
  const world = {
    URL,
    Promise,
    AbortController,
    Uint32Array,
    console,
    setTimeout: (callback) => callback(),
    crypto,
    location: {
      hostname: "herald.example",
      ancestorOrigins: ancestor ? { length: 1, item: () => ancestor } : undefined,
    },
    document: { hidden: false, contentType, querySelector: () => null },
    CSS: { highlights: { size: highlights } },
    requestIdleCallback: (callback) => {
      log.idle.push(callback);
      return IDLE;
    },
    cancelIdleCallback: () => (log.idle.length = 0),
    addEventListener: (type, listener) => heard.visibility.push(listener),
    messages: {
      isCutOff: () => state.isCutOff,
      ask: async (message) => {
        log.asked.push(message.type);
        return pageSite;
      },
      answer(handlers, streams) {
        Object.assign(heard, { handlers, streams });
        return () => (log.stopped += 1);
      },
    },
    webext: {
      runtime: { getManifest: () => ({ web_accessible_resources: [{ resources: LISTED }] }) },
      storage: {
        local: { get: async () => ({ settings: state.settings }) },
        onChanged: {
          addListener: (listener) => heard.storage.push(listener),
          removeListener: () => (heard.storage.length = 0),
        },
      },
    },
    async importOwn(path) {
      if (state.failImport) {
        throw new Error("gone");
      }
      log.imported.push(path);
    },
    settings: { complete: (settings) => settings },
    SelectionWatcher: class {
      shadowRoots = [];
      isDestroyed = false;
      constructor(reader) {
        Object.assign(this, reader);
        log.watchers.push(this);
      }
      catchUp() {
        log.caughtUp += 1;
      }
      destroy() {
        this.isDestroyed = true;
      }
    },
    PageController: class {
      done = [];
      isScanning = false;
      constructor(page) {
        this.page = page;
        log.controllers.push(this);
      }
      report = (send) => send({ isScanning: true, counts: { false: 1 } });
    },
    ReloadNotice: class {
      show = () => (log.notices += 1);
    },
  };
  for (const name of ["follow", "hideMarks", "close", "onSelected", "onLeft", "jump", "step", "checkSelection"]) {
    world.PageController.prototype[name] = function (...given) {
      this.done.push([name, ...given]);
      return true;
    };
  }
  world.globalThis = world;
  createContext(world);
  Object.assign(world, { self: world, top: isTop ? world : {} });
  FILES.forEach((file) => runInContext(file, world));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const begin = async () => {
    world.plumblineInPage.begin();
    await settle();
  };
  const change = async (settings) => {
    heard.storage.forEach((listener) => listener({ settings: { newValue: settings } }, "local"));
    await settle();
  };
  const done = () => log.controllers[0]?.done.map(([name, ...given]) => [name, ...JSON.parse(JSON.stringify(given))]);
  return { world, log, heard, state, settle, begin, change, done };
}
