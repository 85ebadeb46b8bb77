import "../shared/browser.js";
import "../shared/translations.js";
import "../shared/messages.js";
import "../shared/vocabulary.js";
import { byId } from "../shared/extension-page.js";

/** The labels that rest on a published fact-check. */
const RATED_LABELS = ["false", "mixed", "true"];

/** What each frame of the tab reported last. @type {Map<string, FindingsReport>} */
const reports = new Map();

/** List the findings of a tab, and what is found while the popup is open. @param {number} tabId */
export function showFindings(tabId) {
  show(tabId);
  const onReport = (/** @type {FindingsReport} */ report) => {
    reports.set(report.frame, report);
    show(tabId);
  };
  messages.follow(tabId, "findings", onReport);
  followLater(tabId, onReport);
  byId("auto-scan").addEventListener("turned", () => show(tabId));
}

/**
 * Follow frames that are added after the popup was opened: each reports its count once it has been read.
 *
 * @param {number} tabId
 * @param {(report: FindingsReport) => void} onReport
 */
async function followLater(tabId, onReport) {
  const key = `counts:${tabId}`;
  /** @type {Set<string>} */
  const known = new Set();
  const take = (/** @type {any} */ counts) => {
    const others = Object.keys(counts ?? {}).filter((frameId) => !known.has(frameId));
    others.forEach((frameId) => known.add(frameId));
    return others;
  };
  webext.storage.onChanged.addListener((changes, area) => {
    if (area === "session" && key in changes) {
      take(changes[key].newValue).forEach((frameId) => messages.follow(tabId, "findings", onReport, Number(frameId)));
    }
  });
  // frames that have reported already are reached by the message to all
  take((await webext.storage.session.get(key))[key]);
}

/** @param {number} tabId */
function show(tabId) {
  // the page itself before the frames in it
  const frames = [...reports.values()].sort((a, b) => Number(b.isTop) - Number(a.isTop));
  const findings = frames.flatMap(({ frame, findings: found }) => found.map((finding) => ({ ...finding, frame })));
  const counts = vocabulary.LABELS.map((label) => ({
    label,
    count: frames.reduce((total, report) => total + (report.counts[label] ?? 0), 0),
  })).filter(({ count }) => count > 0);
  const checked = sum(counts);
  const isScanning = frames.some((frame) => frame.isScanning);
  byId("findings-count").textContent = [
    ...(isScanning ? [words("popup_scanning")] : []),
    ...(checked > 0 ? summary(counts) : isScanning ? [] : emptySummary()),
  ].join(" ");
  showLabelShares(counts, checked);
  const groups = vocabulary.LABELS.map((label) => ({ label, found: findings.filter((one) => one.label === label) }));
  replaceIfChanged(
    byId("findings"),
    groups.filter(({ found }) => found.length > 0).flatMap(({ label, found }) => group(label, found, tabId)),
  );
}

/** @typedef {{label: string, count: number}} Count */

/** @param {Count[]} counts */
const sum = (counts) => counts.reduce((total, { count }) => total + count, 0);

/** A summary of the page in one or two sentences. @param {Count[]} counts */
function summary(counts) {
  const claims = sum(counts.filter(({ label }) => label !== "no-claim"));
  const ruled = sum(counts.filter(({ label }) => RATED_LABELS.includes(label)));
  return [
    claims === 0 ? words("popup_summary_no_claim") : words("popup_summary", String(ruled), String(claims)),
    words("popup_checked", String(sum(counts))),
  ];
}

/** The text shown while nothing has been checked. */
function emptySummary() {
  const isOn = byId("auto-scan").getAttribute("aria-checked") === "true";
  return isOn ? [words("popup_findings_none_scanned")] : [words("popup_findings_none"), words("popup_findings_hint")];
}

/**
 * The findings with one label, under a heading.
 *
 * @param {string} label
 * @param {(FindingSummary & {frame: string})[]} found
 * @param {number} tabId
 */
function group(label, found, tabId) {
  const heading = document.createElement("h3");
  heading.id = `group-${label}`;
  const name = document.createElement("span");
  name.className = "label";
  name.dataset.label = label;
  name.textContent = words(`label_${label}`);
  heading.append(name, ` (${found.length})`);
  const list = document.createElement("ul");
  list.setAttribute("aria-labelledby", heading.id);
  list.append(...found.map((finding) => item(finding, tabId)));
  return [heading, list];
}

/** @param {FindingSummary & {frame: string}} finding @param {number} tabId */
function item({ id, label, text, frame }, tabId) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.label = label;
  button.dataset.finding = `${frame}:${id}`;
  const statement = document.createElement("span");
  statement.textContent = text;
  button.append(statement);
  button.addEventListener("click", () => jump(tabId, frame, id));
  const entry = document.createElement("li");
  entry.append(button);
  return entry;
}

/** @param {number} tabId @param {string} frame @param {number} id */
async function jump(tabId, frame, id) {
  await messages.askTab(tabId, { type: "open-finding", frame, id });
  // a popup gives way to what it leads to; opened as a tab it stays
  if ((await webext.tabs.getCurrent()) === undefined) {
    window.close();
  }
}

/** Replace a list only if it has changed, so that keyboard focus inside it is kept. @param {HTMLElement} list @param {HTMLElement[]} entries */
function replaceIfChanged(list, entries) {
  /** @param {HTMLElement[]} elements */
  const keys = (elements) =>
    elements.flatMap((element) => [...element.querySelectorAll("button")]).map(({ dataset }) => dataset.finding);
  if (String(keys([list])) !== String(keys(entries))) {
    list.replaceChildren(...entries);
  }
}

/**
 * Show each label's share of the judged statements.
 *
 * @param {{label: string, count: number}[]} counts
 * @param {number} checked   their sum
 */
export function showLabelShares(counts, checked) {
  byId("shares-bar").hidden = checked === 0;
  byId("shares-bar").replaceChildren(...counts.map(({ label, count }) => bar(label, count)));
  byId("shares").replaceChildren(...counts.map(({ label, count }) => shareLine(label, count, checked)));
}

/** @param {string} label @param {number} count */
function bar(label, count) {
  const made = document.createElement("span");
  made.dataset.label = label;
  made.style.flexGrow = String(count);
  return made;
}

/** @param {string} label @param {number} count @param {number} checked */
function shareLine(label, count, checked) {
  const made = document.createElement("li");
  made.dataset.label = label;
  made.textContent = words("popup_share", words(`label_${label}`), String(count), String(Math.round((100 * count) / checked)));
  return made;
}
