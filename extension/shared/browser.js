"use strict";

// The only file that names `chrome` or `browser`; all others use `webext`.
//
// The files of shared/ that content scripts need cannot be ES modules. Each puts one thing on the global object, so that
// content scripts get it by the order of the manifest and modules by `import` for the side effect.

globalThis.webext = globalThis.browser ?? globalThis.chrome;

/** Import a file of the extension. The linter of Firefox knows `chrome.runtime.getURL` for harmless, and nothing else. */
globalThis.importOwn = (/** @type {string} */ path) => import(chrome.runtime.getURL(path));
