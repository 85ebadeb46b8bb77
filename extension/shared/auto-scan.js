"use strict";

// Whether a site is scanned: the one setting that every page has to know while it loads.

{
  /** @param {unknown} sites @param {string} site */
  const holds = (sites, site) => Array.isArray(sites) && sites.includes(site);

  /**
   * Whether a site is scanned without being asked.
   *
   * @param {any} stored   settings as they are stored, complete or not
   * @param {string} site
   */
  function isOn(stored, site) {
    return stored?.autoScanByDefault === true
      ? !holds(stored.autoScanExceptions, site)
      : holds(stored?.autoScanSites, site);
  }

  globalThis.autoScan = Object.freeze({ isOn });
}
