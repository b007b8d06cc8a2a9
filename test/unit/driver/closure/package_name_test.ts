import assert from "node:assert/strict";
import { packageOf } from "../../../../src/driver/closure/package_name.ts";

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
