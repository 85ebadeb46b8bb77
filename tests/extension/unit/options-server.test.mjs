// The options for the server and its language model: what waits for the reader's permission.

import assert from "node:assert/strict";
import test from "node:test";

import { words } from "./english.mjs";
import { load } from "./extension-api.mjs";
import { HERE, JUDGE, answers, click, enter, error, find, permissions, saved, state, toggle } from "./options-page.mjs";

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
