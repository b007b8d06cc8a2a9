import process from "node:process";
import { ADDON_OFF, type LoadedAddon } from "./addon.ts";
import { addonTarget } from "./addon_targets.ts";

/**
 * What to tell the user who has to do without the addon.
 *
 * @param loaded what {@link loadAddon} gave
 * @returns one line; null with the addon, or when the user has set it off
 */
export function addonNotice(loaded: LoadedAddon): string | null {
  if (loaded.addon !== null || loaded.reason === ADDON_OFF) return null;
  const target = addonTarget(process.platform, process.arch);
  const remedy = target === null
    ? `there is none for "${process.platform}" on "${process.arch}"; set TSPARK_ADDON=off to silence this`
    : `install the package "${target.packageName}", or build it with "deno task native"`;
  return `Cannot load the native addon, TypeScript runs in its place, slower: ${loaded.reason}; ${remedy}`;
}
