// The options page: what each control stores, and what waits for the reader's permission.

import assert from "node:assert/strict";
import test from "node:test";

import { settle } from "./browser.mjs";
import { words } from "./english.mjs";
import { openOwnPage } from "./extension-page.mjs";
import { load, stored } from "./extension-api.mjs";

const HERE = "http://127.0.0.1:8642";
const JUDGE = { model: "small", address: "http://127.0.0.1:11434", isHere: true, policy: "explain", isThere: true };
stored.settings = { token: "sesame", timeoutSeconds: 7, askFirst: true, autoScanSites: ["herald.example"], hiddenLabels: ["true"] };
const page = openOwnPage("options/options.html", { "judge-state": JUDGE, "forget-verdicts": true });
const { find, enter, toggle, click, asked, tabs, answers } = page;
const permissions = { asked: [], isGranted: true };
globalThis.browser.permissions = {
  async request({ origins }) {
    permissions.asked.push(...origins);
    return permissions.isGranted;
  },
};
await load("options/options.js");
await settle();

const saved = () => find("saved").textContent;
const error = (id) => find(`${id}-error`).textContent;
const state = async (changes) => {
  await settings.update(changes);
  await settle();
  find("saved").textContent = "";
};

test("every control shows what is stored", () => {
  assert.deepEqual(
    ["server-address", "token", "timeout"].map((id) => find(id).value),
    [HERE, "sesame", "7"],
  );
  const checked = ["ask-first", "print-marks", "offer-explorer", "paint-unsure", "judge-selections"].map((id) => find(id).checked);
  assert.deepEqual(checked, [true, false, true, false, false]);
  const painted = [...document.querySelectorAll("[data-paint]")].map(({ dataset, checked: isOn }) => [dataset.paint, isOn]);
  assert.deepEqual(painted, [["false", true], ["mixed", true], ["true", false], ["likely-false", true], ["likely-true", true]]);
  assert.equal(document.querySelector("h1").textContent, words("options_title"));
  assert.equal(find("shortcuts").textContent, "CheckAlt+Shift+S");
});

test("a change made elsewhere is shown", async () => {
  await state({ askFirst: false, token: "other" });
  assert.deepEqual([find("ask-first").checked, find("token").value], [false, "other"]);
});

test("each switch is saved at once, and the page says so", async () => {
  const names = { "ask-first": "askFirst", "print-marks": "printMarks", "offer-explorer": "offerExplorer", "paint-unsure": "paintUnsure" };
  for (const [id, name] of Object.entries(names)) {
    await state({});
    const before = (await settings.read())[name];
    await toggle(find(id));
    assert.equal((await settings.read())[name], !before, id);
    assert.equal(saved(), words("options_saved"));
  }
});

test("switching a label off stores it as hidden", async () => {
  await state({ hiddenLabels: [] });
  await toggle(document.querySelector("[data-paint=false]"));
  assert.deepEqual((await settings.read()).hiddenLabels, ["false"]);
  await toggle(document.querySelector("[data-paint=false]"));
  assert.deepEqual((await settings.read()).hiddenLabels, []);
});

test("a server on this machine is taken at once", async () => {
  await enter("server-address", " http://localhost:9000/ ");
  assert.equal((await settings.read()).serverAddress, "http://localhost:9000");
  assert.deepEqual([error("server-address"), permissions.asked, find("permission").hidden], ["", [], true]);
  await state({ serverAddress: HERE });
});

for (const address of ["", "ftp://127.0.0.1", "https://a.example/path", "https://me:secret@a.example"]) {
  test(`“${address}” is refused as an address`, async () => {
    await enter("server-address", address);
    assert.equal(error("server-address"), words("options_server_refused"));
    assert.equal(find("server-address").getAttribute("aria-invalid"), "true");
    assert.equal((await settings.read()).serverAddress, HERE);
  });
}

test("a server on another machine waits for the reader and for the browser", async () => {
  await enter("server-address", "https://a.example:8443");
  assert.equal(find("permission").hidden, false);
  assert.equal(find("permission-words").textContent, words("options_permission", "https://a.example:8443"));
  assert.equal((await settings.read()).serverAddress, HERE);
  permissions.isGranted = false;
  await click("permission-allow");
  assert.equal(error("server-address"), words("options_permission_refused"));
  assert.equal((await settings.read()).serverAddress, HERE);
  permissions.isGranted = true;
  await click("permission-allow");
  assert.deepEqual(permissions.asked.splice(0), Array(2).fill("https://a.example/*"));
  const { serverAddress, allowedServer } = await settings.read();
  assert.deepEqual([serverAddress, allowedServer], Array(2).fill("https://a.example:8443"));
  assert.deepEqual([find("permission").hidden, find("remote").hidden], [true, false]);
  await state({ serverAddress: HERE, allowedServer: "" });
});

test("cancelling keeps the server and shows its address", async () => {
  await enter("server-address", "https://a.example");
  await click("permission-cancel");
  assert.deepEqual([find("permission").hidden, find("server-address").value], [true, HERE]);
  assert.deepEqual([(await settings.read()).serverAddress, permissions.asked], [HERE, []]);
});

test("an address that waits for permission is not overwritten by another change", async () => {
  await enter("server-address", "https://a.example");
  await toggle(find("print-marks"));
  assert.equal(find("server-address").value, "https://a.example");
  await click("permission-cancel");
});

test("the token is stored without spaces around it", async () => {
  await enter("token", " open sesame ");
  assert.equal((await settings.read()).token, "open sesame");
});

test("a timeout that is too long or empty is refused", async () => {
  for (const seconds of ["25", "0", ""]) {
    await enter("timeout", seconds);
    assert.equal(error("timeout"), words("options_timeout_refused"));
  }
  assert.equal((await settings.read()).timeoutSeconds, 7);
  await enter("timeout", "12");
  assert.deepEqual([error("timeout"), (await settings.read()).timeoutSeconds], ["", 12]);
});

const listed = () => [...find("sites").querySelectorAll("li span")].map(({ textContent }) => textContent);
async function addSite(text) {
  find("new-site").value = text;
  find("add-site").dispatchEvent(new Event("submit", { cancelable: true }));
  await settle();
}

test("sites are added by name or by address, and removed", async () => {
  await state({ autoScanSites: [] });
  assert.equal(find("no-sites").textContent, words("options_sites_none"));
  await addSite(" http://Herald.example:80/page ");
  await addSite("courier.example");
  assert.deepEqual([listed(), find("new-site").value], [["courier.example", "herald.example"], ""]);
  await addSite("http://");
  assert.equal(listed().length, 2);
  find("sites").querySelector("[data-site='herald.example']").click();
  await settle();
  assert.deepEqual((await settings.read()).autoScanSites, ["courier.example"]);
});

test("when every site is scanned, the list shows the exceptions", async () => {
  await toggle(find("auto-scan-by-default"));
  assert.deepEqual([find("sites-heading").textContent, listed()], [words("options_sites_off"), []]);
  await addSite("quiet.example");
  const { autoScanExceptions, autoScanSites } = await settings.read();
  assert.deepEqual([autoScanExceptions, autoScanSites, listed()], [["quiet.example"], ["courier.example"], ["quiet.example"]]);
  find("sites").querySelector("button").click();
  await settle();
  assert.deepEqual(listed(), []);
  await toggle(find("auto-scan-by-default"));
  assert.equal(find("sites-heading").textContent, words("options_sites_on"));
});

test("the options name the server's language model, say that there is none, or that it does not answer", async () => {
  const { showJudgeState } = await load("options/language-model.js");
  assert.equal(find("judge-state").textContent, words("options_judge_explain", "small", JUDGE.address));
  answers["judge-state"] = { ...JUDGE, isThere: false };
  await showJudgeState();
  assert.match(find("judge-state").textContent, new RegExp(`${words("options_judge_silent")}$`));
  answers["judge-state"] = null;
  await showJudgeState();
  assert.equal(find("judge-state").textContent, words("options_judge_none"));
  answers["judge-state"] = JUDGE;
});

test("one switch allows a language model on the server's machine for selections, a second one for marks", async () => {
  assert.equal(find("judge-pages").disabled, true);
  await toggle(find("judge-selections"));
  assert.deepEqual([(await settings.read()).judgeSelections, find("judge-permission").hidden], [true, true]);
  assert.equal(find("judge-pages").disabled, false);
  await toggle(find("judge-pages"));
  assert.equal((await settings.read()).judgePages, true);
  await toggle(find("judge-selections"));
  const { judgeSelections, judgePages } = await settings.read();
  assert.deepEqual([judgeSelections, judgePages], [false, false]);
});

test("a language model on another machine is used only after the reader allowed its address", async () => {
  answers["judge-state"] = { ...JUDGE, isHere: false, address: "https://model.example" };
  await toggle(find("judge-selections"));
  assert.deepEqual([find("judge-selections").checked, (await settings.read()).judgeSelections], [false, false]);
  assert.equal(find("judge-permission-words").textContent, words("options_judge_permission", "https://model.example"));
  await click("judge-permission-cancel");
  assert.equal(find("judge-permission").hidden, true);
  await toggle(find("judge-selections"));
  await click("judge-permission-allow");
  const { judgeSelections, allowedJudge } = await settings.read();
  assert.deepEqual([judgeSelections, allowedJudge, find("judge-permission").hidden], [true, "https://model.example", true]);
  assert.match(find("remote").textContent, /https:\/\/model\.example/);
  await toggle(find("judge-selections"));
  assert.equal((await settings.read()).allowedJudge, "");
});

test("exported settings contain no secrets", async () => {
  await state({ token: "secret", allowedServer: "https://a.example" });
  const files = [];
  const links = [];
  URL.createObjectURL = (blob) => files.push(blob) && "blob:file";
  URL.revokeObjectURL = () => undefined;
  globalThis.window.HTMLAnchorElement.prototype.click = function () {
    links.push([this.href, this.download]);
  };
  await click("export-settings");
  assert.deepEqual([links, saved()], [[["blob:file", "plumbline-settings.json"]], words("options_exported")]);
  const exported = JSON.parse(await files[0].text());
  assert.deepEqual([exported.serverAddress, "token" in exported, "allowedServer" in exported], [HERE, false, false]);
});

async function choose(text) {
  Object.defineProperty(find("import-file"), "files", { value: [{ text: async () => text }], configurable: true });
  find("import-file").dispatchEvent(new Event("change"));
  await settle();
}

test("imported settings bring neither a server on another machine nor a token", async () => {
  await choose(JSON.stringify({ askFirst: true, printMarks: true, serverAddress: "https://a.example", token: "stolen" }));
  const { askFirst, printMarks, serverAddress, token } = await settings.read();
  assert.deepEqual([askFirst, printMarks, serverAddress, token], [true, true, HERE, "secret"]);
  assert.deepEqual([saved(), find("ask-first").checked], [words("options_saved"), true]);
});

test("a file without settings is refused and changes nothing", async () => {
  const before = await settings.read();
  await choose("no settings");
  assert.equal(find("import-error").textContent, words("options_import_refused"));
  assert.deepEqual(await settings.read(), before);
  await choose("{}");
  assert.equal(find("import-error").textContent, words("options_import_refused"));
});

test("cached verdicts are deleted on request", async () => {
  await click("forget-verdicts");
  assert.deepEqual([asked.at(-1), saved()], [{ type: "forget-verdicts" }, words("options_forgotten")]);
});

test("changing shortcuts opens each browser's own page for them", async () => {
  await click("change-shortcuts");
  assert.deepEqual(tabs, ["chrome://extensions/shortcuts"]);
  let opened = 0;
  globalThis.webext.commands.openShortcutSettings = async () => void (opened += 1);
  await click("change-shortcuts");
  assert.deepEqual([opened, tabs.length], [1, 1]);
});

test("the list of shortcuts is refreshed when the reader returns to the page", async () => {
  globalThis.webext.commands.getAll = async () => [{ name: "check-selection", description: "Check", shortcut: "Ctrl+9" }];
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  // jsdom's page is hidden, as this one is while the reader is elsewhere
  assert.equal(find("shortcuts").textContent, "CheckAlt+Shift+S");
  Object.defineProperty(document, "hidden", { value: false });
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  assert.equal(find("shortcuts").textContent, "CheckCtrl+9");
});
