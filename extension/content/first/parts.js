"use strict";

// The content scripts that do not run in every page; the manifest lists them as web-accessible.
//
// By a resource at a known address a page could find out that this extension is here. Firefox draws the address of an
// extension by lot, and Chromium gives out another one in each session (`use_dynamic_url`), but resolves relative addresses
// against the known one and refuses them. So none of these files imports another; each puts what it defines on the global
// object, which in a content script is not the page's.

/** Load everything. */
async function loadParts() {
  /** @type {any} */
  const manifest = webext.runtime.getManifest();
  /** @type {string[]} */
  const paths = manifest.web_accessible_resources[0].resources;
  await Promise.all(paths.map(importOwn));
}

/** Load what it takes to say farewell. */
async function loadFarewell() {
  const paths = ["extension/shared/words.js", "extension/content/card/card-host.js", "extension/content/farewell.js"];
  await Promise.all(paths.map(importOwn));
}
