import "../shared/browser.js";
import { tellFrame } from "../shared/content-scripts.js";

/**
 * The page in the active tab, as far as it can be read.
 *
 * @returns {Promise<{tabId: number, hostname: string} | null>}
 */
export async function findPage() {
  const [tab] = await webext.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) {
    return null;
  }
  try {
    const { hostname } = await tellFrame(tab.id, 0, { type: "site" });
    return { tabId: tab.id, hostname };
  } catch {
    return null;
  }
}
