/**
 * Captures functions with the packages that they use, for another process.
 *
 * @module
 */

import { bundlePackages } from "../../src/driver/closure/bundle_packages.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import { encodeBundle } from "../../src/serde/package_bundle.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import type { Parcel } from "./parcel.ts";
import { TEST_USE } from "./test_use.ts";

/** What functions need of packages. */
export interface Needs {
  readonly records: ClosureRecord[];
  readonly modules: Map<string, string>;
  readonly imports: Set<string>;
}

/** Captures each function by itself, and tells which modules all of them name. */
export async function captureAll(
  capturer: ClosureCapturer,
  functions: readonly unknown[],
): Promise<Needs> {
  const needs: Needs = {
    records: [],
    modules: new Map(),
    imports: new Set(),
  };
  for (const f of functions) {
    const record = await capturer.capture([f], TEST_USE);
    needs.records.push(record);
    for (const node of record.nodes) {
      if (node.kind === "package") {
        const url = capturer.packages.urlOf(node.module) ?? "";
        needs.modules.set(node.module, url);
      } else if (node.kind === "importer") {
        for (const name of node.modules) {
          if (!name.startsWith("node:")) needs.imports.add(name);
        }
      }
    }
  }
  return needs;
}

/** The functions and their bundle, encoded. */
export async function capturedParcel(
  functions: readonly unknown[],
): Promise<Uint8Array> {
  using capturer = new ClosureCapturer();
  const { records, modules, imports } = await captureAll(capturer, functions);
  const bundle = await bundlePackages({ added: [], modules, imports });
  const parcel: Parcel = {
    records,
    packages: { kind: "bundle", broadcast: 1, name: "1" },
    bundle: encodeBundle(bundle),
  };
  return createCborCodec().encode(parcel).slice();
}
