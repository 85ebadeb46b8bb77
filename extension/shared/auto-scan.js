"use strict";

// Which sites have auto-scan, and the name of the card's element: what the entry script needs in every page. Both are in one
// file because each further file costs every page load a twentieth of a millisecond.

{
  /** The only element that is ever added to a page, except for the lines that are drawn in forced colours. */
  globalThis.CARD_NAME = "plumbline-card";

  /** @param {unknown} sites @param {string} site */
  const holds = (sites, site) => Array.isArray(sites) && sites.includes(site);

  /**
   * Whether a site has auto-scan.
   *
   * @param {any} stored   settings as they are stored, complete or not
   * @param {string} site
   */
  function isOn(stored, site) {
    return stored?.autoScanByDefault === true
      ? !holds(stored.autoScanExceptions, site)
      : holds(stored?.autoScanSites, site);
  }

  /** Whether any site has auto-scan. @param {any} stored */
  const isOnSomewhere = (stored) => stored?.autoScanByDefault === true || stored?.autoScanSites?.length > 0;

  globalThis.autoScan = Object.freeze({ isOn, isOnSomewhere });
}
