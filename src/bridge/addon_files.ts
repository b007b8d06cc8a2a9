import { createRequire } from "node:module";
import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { addonTarget } from "./addon_targets.ts";

/** What a program may ask for by `TSPARK_ADDON`, and the places to look else. */
export type AddonPlaces =
  | { readonly kind: "off" }
  | { readonly kind: "files"; readonly specifiers: readonly string[] };

/**
 * Where the addon may be, the best place first: the file that `TSPARK_ADDON`
 * names, and nowhere else; or the one built beside the project, then the
 * platform's npm package.
 *
 * @returns for `require`: absolute paths, and the name of a package
 */
export function addonPlaces(): AddonPlaces {
  const named = readVariable("TSPARK_ADDON");
  if (named === "off") return { kind: "off" };
  if (named !== undefined) {
    return { kind: "files", specifiers: [resolve(named)] };
  }
  const target = addonTarget(process.platform, process.arch);
  const packages = target === null ? [] : [target.packageName];
  return {
    kind: "files",
    specifiers: isOnDisk ? [builtAddonPath(), ...packages] : packages,
  };
}

/** Where `deno task native` puts the addon for this platform. */
export function builtAddonPath(): string {
  const name = `tspark.${process.platform}-${process.arch}.node`;
  const url = new URL(`../../native/${name}`, import.meta.url);
  return isOnDisk ? fileURLToPath(url) : url.href;
}

/**
 * The addon's file in this platform's npm package.
 *
 * @param from path of the file, or folder with a slash at its end, whose
 *   packages count; by default those that TSPark itself sees
 * @returns null when the package is not installed, or there is none
 */
export function packagedAddonPath(from?: string): string | null {
  const target = addonTarget(process.platform, process.arch);
  if (target === null || (from === undefined && !isOnDisk)) return null;
  try {
    return createRequire(from ?? import.meta.url).resolve(target.packageName);
  } catch (error) {
    if (hasCode(error, "MODULE_NOT_FOUND")) return null;
    throw error;
  }
}

/** Whether an error of the runtime carries a code such as `"MODULE_NOT_FOUND"`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Without the right to read a variable, it is as good as not set. */
function readVariable(name: string): string | undefined {
  try {
    return process.env[name];
  } catch (error) {
    if (error instanceof Error && error.name === "NotCapable") return undefined;
    throw error;
  }
}

const isOnDisk = import.meta.url.startsWith("file:");
