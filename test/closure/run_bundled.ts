/**
 * Runs captured functions elsewhere, with the packages that they use.
 *
 * @module
 */

import { bundlePackages } from "../../src/driver/closure/bundle_packages.ts";
import { encodeBundle } from "../../src/serde/package_bundle.ts";
import type {
  AddedFiles,
  Bundler,
} from "../../src/driver/closure/bundled_script.ts";
import type { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { captureAll } from "./captured_parcel.ts";
import type { Outcome } from "./parcel.ts";
import { type Cases, runElsewhere } from "./run_cases.ts";

/** Captures each case, bundles what all of them need, and calls them in another process. */
export async function runBundled(
  capturer: ClosureCapturer,
  cases: Cases,
  bundler: Bundler,
  files: AddedFiles = new Map(),
): Promise<Outcome[]> {
  const { records, modules, imports } = await captureAll(
    capturer,
    Object.values(cases),
  );
  const contents = { added: [], modules, imports, files };
  const script = await bundlePackages(contents, bundler);
  capturer.addBundle("1", script);
  return await runElsewhere(records, {
    packages: { kind: "bundle", broadcast: 1, name: "1" },
    bundle: encodeBundle(script),
  });
}
