/**
 * Modules of packages to one script that has all that they need, by esbuild:
 * in Deno the one that comes with `deno bundle`, which finds what `deno run`
 * finds; in Node the package.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { ClosureError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { bundleByDeno } from "./bundle_by_deno.ts";
import { bundleByEsbuild } from "./bundle_by_esbuild.ts";
import type { PackageBundle } from "../../serde/package_bundle.ts";
import type {
  BundleContents,
  BundledScript,
  Bundler,
} from "./bundled_script.ts";
import { placeModules } from "./module_places.ts";
import { filesOfModules } from "./package_files.ts";

/** Packages as they are sent, with the map of their script. */
export interface BundledPackages extends BundledScript, PackageBundle {}

/**
 * Makes the script, and reads the files that its modules load. What is in it
 * runs when it is first asked for.
 *
 * @throws ClosureError PACKAGES_NOT_BUNDLED with what the bundler says;
 *   PACKAGE_FILES_TOO_LARGE, PACKAGE_FILE_MISSING
 */
export async function bundlePackages(
  contents: BundleContents,
  bundler: Bundler = usualBundler(),
): Promise<BundledPackages> {
  const script = await runBundler(contents, bundler);
  const placed = placeModules(script);
  const { text, places } = placed;
  const files = await filesOfModules(placed, contents.files);
  return { ...script, text, places, files };
}

async function runBundler(
  contents: BundleContents,
  bundler: Bundler,
): Promise<BundledScript> {
  try {
    return await bundler(entryText(contents), contents);
  } catch (cause) {
    const names = contents.added;
    const reason = errorMessage(cause);
    throw new ClosureError(
      "PACKAGES_NOT_BUNDLED",
      `Cannot bundle "${
        names.join('", "')
      }" for the workers: ${reason}; check the names, or install the packages on the executors and set spark.tspark.packages to "installed"`,
      { names: names.join(), reason },
      { cause },
    );
  }
}

function usualBundler(): Bundler {
  return platform.runtime === "node" ? bundleByEsbuild : bundleByDeno;
}

/** An ES module, so that esbuild reads CommonJS packages as Node does. */
function entryText({ modules, imports }: BundleContents): string {
  const quote = JSON.stringify;
  const requires = Array.from(
    modules,
    ([name, url]) => `  ${quote(name)}: () => require(${quote(url)}),\n`,
  );
  const loads = Array.from(imports, (specifier) => {
    const type = specifier.endsWith(".json")
      ? `, { with: { type: "json" } }`
      : "";
    return `  ${quote(specifier)}: () => import(${quote(specifier)}${type}),\n`;
  });
  return `export const modules = {\n${requires.join("")}};\n` +
    `export const imports = {\n${loads.join("")}};\n`;
}
