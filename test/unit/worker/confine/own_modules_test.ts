import assert from "node:assert/strict";
import { ownModules } from "../../../../worker/confine/own_modules.ts";

Deno.test("the worker's own modules are all of src and worker", () => {
  const main = new URL("../../../../worker/main.ts", import.meta.url).href;
  const modules = ownModules(main);
  for (const module of [main, new URL("./daemon/serve.ts", main).href]) {
    assert.ok(modules.includes(module), module);
  }
  assert.ok(modules.some((module) => module.endsWith("/byte_writer.ts")));
  assert.equal(new Set(modules).size, modules.length);
});

Deno.test("a bundle has none, nor has a folder without them", () => {
  assert.deepEqual(ownModules("file:///a/worker/bundle.js"), []);
  assert.deepEqual(ownModules("file:///no/where/worker/main.ts"), []);
});
