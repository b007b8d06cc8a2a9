import assert from "node:assert/strict";
import { createCborCodec } from "../../../src/serde/cbor/cbor.ts";
import {
  decodeBundle,
  encodeBundle,
  type PackageBundle,
} from "../../../src/serde/package_bundle.ts";

Deno.test("decodeBundle() reads what encodeBundle() wrote", {
  permissions: "none",
}, () => {
  const bundle: PackageBundle = {
    text: "module.exports = {};",
    places: [{ name: "$m0", kind: "meta", path: "a/index.js" }],
    files: new Map([["a/x.wasm", new Uint8Array([0, 255])]]),
  };
  assert.deepEqual(decodeBundle(encodeBundle(bundle)), bundle);
});

Deno.test("decodeBundle() refuses what encodeBundle() does not write", {
  permissions: "none",
}, () => {
  const codec = createCborCodec();
  for (
    const value of [
      null,
      ["text"],
      [1, [], new Map()],
      ["text", [], [["a", new Uint8Array()]]],
      ["text", [], new Map([["a", 1]])],
      ["text", [["a b", "meta", "x"]], new Map()],
      ["text", [["$m0", "other", "x"]], new Map()],
      ["text", ["$m0"], new Map()],
    ]
  ) {
    assert.throws(() => decodeBundle(codec.encode(value).slice()), {
      condition: "PACKAGES_MALFORMED",
      message:
        "Cannot read the packages of a job: the broadcast holds no bundle; use the same TSpark on the driver and the executors",
    });
  }
});
