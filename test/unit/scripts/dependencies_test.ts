import assert from "node:assert/strict";
import {
  cargoPackages,
  isAllowed,
  lockedPackages,
  npmPackages,
  parseList,
} from "../../../scripts/dependencies.ts";

const LIST = new URL("../../../docs/dependencies.md", import.meta.url);

Deno.test("docs/dependencies.md lists what the lock files hold", async () => {
  const listed = parseList(await Deno.readTextFile(LIST));
  const name = (one: { from: string; name: string; version: string }) =>
    `${one.from}:${one.name}@${one.version}`;
  assert.deepEqual(
    listed.map(name).sort(),
    (await lockedPackages()).map(name).sort(),
    "run deno task dependencies",
  );
});

Deno.test("docs/dependencies.md lists licenses that are allowed only", async () => {
  const listed = parseList(await Deno.readTextFile(LIST));
  assert.ok(listed.length > 50);
  assert.deepEqual(listed.filter(({ license }) => !isAllowed(license)), []);
});

Deno.test("npmPackages() reads names with scopes and peers, each once", {
  permissions: "none",
}, () => {
  assert.deepEqual(npmPackages(["@a/b@1.2.3", "c@4.5.6_d@7.8.9", "c@4.5.6"]), [
    { from: "npm", name: "@a/b", version: "1.2.3" },
    { from: "npm", name: "c", version: "4.5.6" },
  ]);
});

Deno.test("cargoPackages() leaves our own packages out", {
  permissions: "none",
}, () => {
  const lock = `[[package]]
name = "tspark"
version = "0.1.0"
dependencies = ["libc"]

[[package]]
name = "libc"
version = "0.2.1"
source = "registry"
`;
  assert.deepEqual(cargoPackages(lock), [
    { from: "cargo", name: "libc", version: "0.2.1" },
  ]);
});

Deno.test("isAllowed() takes any choice that a license leaves", {
  permissions: "none",
}, () => {
  for (
    const license of [
      "MIT",
      "MIT OR Apache-2.0",
      "GPL-3.0 OR MIT",
      "MIT/Apache-2.0",
      "(MIT OR Apache-2.0) AND Unicode-3.0",
      "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
    ]
  ) assert.ok(isAllowed(license), license);
  for (const license of ["GPL-3.0", "unknown", "MIT AND GPL-3.0", ""]) {
    assert.ok(!isAllowed(license), license);
  }
});
