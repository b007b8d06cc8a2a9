/**
 * Which package a script belongs to, by its address.
 *
 * @module
 */

/** Where TSpark's own sources lie: its functions travel like the user's. */
const OWN_ROOT = new URL("../../../", import.meta.url).href;

/**
 * The package's name, such as `"lodash"` or `"@scope/name"`; null for local
 * modules.
 *
 * @param url address of the script
 */
export function packageOf(url: string): string | null {
  if (
    url.startsWith(OWN_ROOT) && !url.slice(OWN_ROOT.length).includes(MODULES)
  ) {
    return null;
  }
  for (const pattern of PATTERNS) {
    const name = pattern.exec(url)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

const MODULES = "node_modules/";

const PATTERNS: readonly RegExp[] = [
  // The last folder counts: packages lie within packages.
  /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/,
  // Deno's cache: …/npm/<registry>/<name>/<version>/…
  /\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/\d+\.\d+\.\d+[^/]*\//,
  // A registry of modules: https://<registry>/@scope/name/<version>/…
  /^https?:\/\/[^/]+\/(@[^/]+\/[^/]+)\/\d+\.\d+\.\d+[^/]*\//,
];
