import assert from "node:assert/strict";
import test from "node:test";

import { run } from "./extension-api.mjs";

run("shared/addresses.js");
const { origin, isLoopback, permissionFor } = globalThis.addresses;

test("an address is an origin of http or https, and nothing more", () => {
  assert.equal(origin("http://127.0.0.1:8642"), "http://127.0.0.1:8642");
  assert.equal(origin("https://example.org/"), "https://example.org");
  for (const text of ["", "127.0.0.1:8642", "ftp://a.example", "http://a.example/path", "http://a.example/?q", null]) {
    assert.equal(origin(text), null, String(text));
  }
  for (const text of ["http://me@127.0.0.1", "http://me:secret@127.0.0.1:8642/"]) {
    assert.equal(origin(text), null, text);
  }
});

test("only loopback addresses count as this machine", () => {
  for (const address of ["http://127.0.0.1:1", "http://localhost"]) {
    assert.ok(isLoopback(address), address);
  }
  for (const address of ["http://127.0.0.1.example.org", "http://192.168.0.7", "https://localhost.example", "nothing"]) {
    assert.ok(!isLoopback(address), address);
  }
});

test("the permission covers one host, whatever the port", () => {
  assert.deepEqual(permissionFor("https://checks.example:8443"), { origins: ["https://checks.example/*"] });
});
