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
  return partsOf(url)?.name ?? null;
}

/**
 * Name of a package's module, the same on every machine, such as
 * `"lodash-es/groupBy.js"`; the address itself for local modules.
 *
 * @param url address of the script
 */
export function packageModuleName(url: string): string {
  const parts = partsOf(url);
  return parts === null ? url : `${parts.name}/${parts.path}`;
}

function partsOf(url: string): { name: string; path: string } | null {
  if (
    url.startsWith(OWN_ROOT) && !url.slice(OWN_ROOT.length).includes(MODULES)
  ) {
    return null;
  }
  for (const pattern of PATTERNS) {
    const { name, path } = pattern.exec(url)?.groups ?? {};
    if (name !== undefined && path !== undefined) return { name, path };
  }
  return null;
}

const MODULES = "node_modules/";

const PATTERNS: readonly RegExp[] = [
  // The last folder counts: packages lie within packages.
  /^.*\/node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\/(?<path>.+)$/,
  // Deno's cache: …/npm/<registry>/<name>/<version>/…
  /\/npm\/[^/]+\/(?<name>(?:@[^/]+\/)?[^/]+)\/\d+\.\d+\.\d+[^/]*\/(?<path>.+)$/,
  // A registry of modules: https://<registry>/@scope/name/<version>/…
  /^https?:\/\/[^/]+\/(?<name>@[^/]+\/[^/]+)\/\d+\.\d+\.\d+[^/]*\/(?<path>.+)$/,
];
