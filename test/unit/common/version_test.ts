import assert from "node:assert/strict";
import { VERSION } from "../../../src/common/version.ts";

Deno.test("VERSION is that of deno.json", async () => {
  const url = new URL("../../../deno.json", import.meta.url);
  const config: unknown = JSON.parse(await Deno.readTextFile(url));
  assert(typeof config === "object" && config !== null && "version" in config);
  assert.equal(VERSION, config.version);
});
