import assert from "node:assert/strict";
import { closestName } from "../../../src/common/closest_name.ts";

const KNOWN = ["header", "inferSchema", "sep", "mode", "quote", "escape"];

Deno.test("closestName() finds what was most likely meant", {
  permissions: "none",
}, () => {
  assert.equal(closestName("headr", KNOWN), "header");
  assert.equal(closestName("heeader", KNOWN), "header");
  assert.equal(closestName("inferschmea", KNOWN), "inferSchema");
  assert.equal(closestName("MODES", KNOWN), "mode");
  assert.equal(closestName("scape", KNOWN), "escape");
});

Deno.test("closestName() gives null where nothing is near", {
  permissions: "none",
}, () => {
  assert.equal(closestName("partitions", KNOWN), null);
  assert.equal(closestName("", KNOWN), null);
  assert.equal(closestName("to", KNOWN), null);
  assert.equal(closestName("mode", []), null);
});
