import "../shared/browser.js";
import "../shared/words.js";
import "../shared/messages.js";
import { byId } from "../shared/by-id.js";

/** What each frame of the tab reported last. @type {Map<number, FindingsReport>} */
const reports = new Map();

/** List the findings of a tab, and what is found while the popup is open. @param {number} tabId */
export function showFindings(tabId) {
  messages.answer({
    findings(report, { tab, frameId = 0 }) {
      if (tab?.id === tabId) {
        reports.set(frameId, report);
        show(tabId);
      }
    },
  });
  show(tabId);
  messages.askTab(tabId, { type: "report" });
}

/** @param {number} tabId */
function show(tabId) {
  const frames = [...reports].sort(([a], [b]) => a - b);
  const items = frames.flatMap(([frameId, { findings }]) => findings.map((finding) => item(finding, tabId, frameId)));
  const checked = frames.reduce((total, [, report]) => total + report.checked, 0);
  byId("findings-count").textContent = sum(items.length, checked);
  replaceIfOther(byId("findings"), items);
}

/** @param {number} count @param {number} checked */
function sum(count, checked) {
  if (checked === 0) {
    return `${words("popup_findings_none")} ${words("popup_findings_hint")}`;
  }
  if (count === 0) {
    return words("popup_findings_nothing", String(checked));
  }
  return count === 1
    ? words("popup_findings_one", String(checked))
    : words("popup_findings_many", String(count), String(checked));
}

/** @param {FindingSummary} finding @param {number} tabId @param {number} frameId */
function item({ id, label, text }, tabId, frameId) {
  const name = document.createElement("span");
  name.className = "label";
  name.textContent = words(`label_${label}`);
  const statement = document.createElement("span");
  statement.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.label = label;
  button.dataset.finding = `${frameId}:${id}`;
  button.append(name, " ", statement);
  button.addEventListener("click", () => jump(tabId, frameId, id));
  const entry = document.createElement("li");
  entry.append(button);
  return entry;
}

/** @param {number} tabId @param {number} frameId @param {number} id */
async function jump(tabId, frameId, id) {
  await messages.askTab(tabId, { type: "jump", id }, frameId);
  // a popup gives way to what it leads to; opened as a tab it stays
  if ((await webext.tabs.getCurrent()) === undefined) {
    window.close();
  }
}

/** Leave a list that has not changed alone, for whoever is moving through it. @param {HTMLElement} list @param {HTMLElement[]} items */
function replaceIfOther(list, items) {
  /** @param {Element} entry */
  const key = (entry) => entry.querySelector("button")?.dataset.finding;
  const shown = [...list.children];
  if (shown.length !== items.length || shown.some((entry, index) => key(entry) !== key(items[index]))) {
    list.replaceChildren(...items);
  }
}
