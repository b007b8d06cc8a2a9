import assert from "node:assert/strict";
import {
  cachedPackage,
  packageFolder,
  packageModuleName,
  packageOf,
} from "../../../../src/driver/closure/package_name.ts";

Deno.test({
  name: "packageOf() names the package of a script's address",
  permissions: "none",
  fn(): void {
    const own = new URL("../../../../src/x.ts", import.meta.url).href;
    const given: readonly (readonly [string, string | null])[] = [
      ["file:///app/main.ts", null],
      [own, null],
      ["file:///app/node_modules/lodash/map.js", "lodash"],
      ["file:///app/node_modules/@scope/name/a.js", "@scope/name"],
      ["file:///a/node_modules/b/node_modules/c/d.js", "c"],
      [
        "file:///home/.cache/deno/npm/registry/acorn/8.19.0/dist/a.mjs",
        "acorn",
      ],
      ["file:///cache/npm/registry/@s/n/1.0.0-rc.1/a.mjs", "@s/n"],
      ["https://registry/@std/path/1.0.0/mod.ts", "@std/path"],
      ["https://host/local/mod.ts", null],
      ["file:///projects/npm/mine/app.ts", null],
    ];
    for (const [url, name] of given) assert.equal(packageOf(url), name, url);
  },
});

Deno.test({
  name: "packageModuleName() is the same on every machine",
  permissions: "none",
  fn(): void {
    const given: readonly (readonly [string, string])[] = [
      ["file:///app/node_modules/lodash/fp/map.js", "lodash/fp/map.js"],
      ["file:///a/node_modules/b/node_modules/@c/d/e.js", "@c/d/e.js"],
      ["file:///c/npm/registry/acorn/8.19.0/dist/a.mjs", "acorn/dist/a.mjs"],
      ["https://registry/@std/path/1.0.0/mod.ts", "@std/path/mod.ts"],
      ["file:///app/main.ts", "file:///app/main.ts"],
    ];
    for (const [url, name] of given) {
      assert.equal(packageModuleName(url), name);
    }
  },
});

Deno.test({
  name: "cachedPackage() names what Deno's cache has a module from",
  permissions: "none",
  fn(): void {
    const given: readonly (readonly [string, string | null])[] = [
      ["file:///c/npm/registry/acorn/8.19.0/dist/a.mjs", "acorn@8.19.0"],
      ["file:///c/npm/registry/@s/n/1.0.0-rc.1/a.mjs", "@s/n@1.0.0-rc.1"],
      [
        "file:///c/npm/registry/ajv-keywords/5.1.0_1/a.js",
        "ajv-keywords@5.1.0",
      ],
      ["file:///app/node_modules/lodash/map.js", null],
      ["https://registry/@std/path/1.0.0/mod.ts", null],
      ["file:///app/main.ts", null],
    ];
    for (const [url, name] of given) assert.equal(cachedPackage(url), name);
  },
});

Deno.test({
  name: "packageFolder() is where a package begins",
  permissions: "none",
  fn(): void {
    assert.equal(
      packageFolder("file:///app/node_modules/lodash/fp/map.js"),
      "file:///app/node_modules/lodash/",
    );
    assert.equal(
      packageFolder("file:///c/npm/registry/@s/n/1.0.0/lib/a.mjs"),
      "file:///c/npm/registry/@s/n/1.0.0/",
    );
  },
});
