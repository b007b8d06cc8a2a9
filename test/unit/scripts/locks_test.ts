/** Tests take no version of the day: what they install is locked. */
import assert from "node:assert/strict";

const ROOT = new URL("../../../", import.meta.url);

const textOf = (path: string): string =>
  Deno.readTextFileSync(new URL(path, ROOT));

/** Packages with their versions, as lock files name them. */
const specifiersOf = (lock: string): ReadonlySet<string> =>
  new Set(Object.keys(JSON.parse(textOf(lock)).specifiers));

/** Those of `deno.json`, such as `npm:zod@4.6.7`. */
const IMPORTED: readonly string[] = Object.values<string>(
  JSON.parse(textOf("deno.json")).imports,
).map((target) => /^npm:\/?(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target)
  .map((target) => target.replace("npm:/", "npm:"));

Deno.test("deno.json imports exact versions only", () => {
  assert.deepEqual(
    IMPORTED.filter((name) => !/^npm:.+@\d+\.\d+\.\d+$/.test(name)),
    [],
  );
});

for (const lock of ["deno.lock", "test/closure/hosts/tools.lock"]) {
  Deno.test(`${lock} holds what deno.json imports`, () => {
    const locked = specifiersOf(lock);
    assert.deepEqual(IMPORTED.filter((name) => !locked.has(name)), []);
  });
}

Deno.test("test/closure/hosts/tools.lock holds the tools", () => {
  const locked = specifiersOf("test/closure/hosts/tools.lock");
  const tools = textOf("test/closure/hosts/tools_folder.ts");
  const [, table = ""] = /TOOLS[^=]*= \{([^]*?)\n\};/.exec(tools) ?? [];
  const named = [...table.matchAll(/^ {2}(\w+): "([\d.]+)"/gm)]
    .map(([, name, version]) => `npm:${name}@${version}`);
  assert.ok(named.length > 4);
  assert.deepEqual(named.filter((name) => !locked.has(name)), []);
});

Deno.test("test/nightly/large_packages.lock holds the largest packages", () => {
  const locked = specifiersOf("test/nightly/large_packages.lock");
  const test = textOf("test/nightly/large_packages_test.ts");
  const named = [...test.matchAll(/^ {2}\["([^"]+)", "([\d.]+)", /gm)]
    .map(([, name, version]) => `npm:${name}@${version}`);
  assert.equal(named.length, 22);
  assert.deepEqual(named.filter((name) => !locked.has(name)), []);
});
