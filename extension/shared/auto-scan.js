"use strict";

// Which sites are scanned without being asked, and the name of our element: what the entry script needs in every page. One
// file for both, since each file costs a page that loads a twentieth of a millisecond.

{
  /** The only element that is ever added to a page, but for the lines that are drawn in forced colours. */
  globalThis.CARD_NAME = "plumbline-card";

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

  /** Whether any site is. @param {any} stored */
  const isOnSomewhere = (stored) => stored?.autoScanByDefault === true || stored?.autoScanSites?.length > 0;

  globalThis.autoScan = Object.freeze({ isOn, isOnSomewhere });
}
