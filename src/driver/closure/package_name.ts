/**
 * Which package a script belongs to, by its address.
 *
 * @module
 */

/** Where TSpark's own sources lie: its functions are serialized like the user's. */
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

/**
 * The folder that a package's module lies in, however deep; of a local module
 * the whole address.
 *
 * @param url address of the module
 */
export function packageFolder(url: string): string {
  return url.slice(0, url.length - (partsOf(url)?.path.length ?? 0));
}

/**
 * The package of npm that a module of Deno's cache is of, such as
 * `"pino@10.4.0"`; null for any other module.
 *
 * @param url address of the module
 */
export function cachedPackage(url: string): string | null {
  const parts = partsOf(url);
  if (parts?.version === undefined || !url.startsWith("file:")) return null;
  // Deno numbers copies of a package that differ in their peers: 1.2.3_1.
  return `${parts.name}@${parts.version.replace(/_\d+$/, "")}`;
}

/** Whether a script is TSpark's own. */
export function isOwnScript(url: string): boolean {
  return OWN_FOLDERS.some((folder) => url.startsWith(folder));
}

const OWN_FOLDERS = ["src/", "worker/", "mod."].map((part) => OWN_ROOT + part);

function partsOf(url: string): PackageParts | null {
  if (
    url.startsWith(OWN_ROOT) && !url.slice(OWN_ROOT.length).includes(MODULES)
  ) {
    return null;
  }
  // The text of a data: module is its address, megabytes of it.
  if (url.startsWith("data:")) return null;
  const steps = url.split("/");
  // The last folder counts: packages lie within packages.
  const modules = steps.lastIndexOf("node_modules");
  return (modules < 0 ? null : partsAt(steps, modules + 1)) ??
    versionedParts(steps);
}

/** The parts of a package in a cache or a registry of modules. */
function versionedParts(steps: readonly string[]): PackageParts | null {
  const isRemote = steps[0] === "https:" || steps[0] === "http:";
  // A registry of modules: https://<registry>/@scope/name/<version>/…
  if (isRemote && steps[3]?.startsWith("@") === true) {
    const found = partsAt(steps, 3, isVersion);
    if (found !== null) return found;
  }
  for (const [at, step] of steps.entries()) {
    // Deno's cache: …/npm/<registry>/<name>/<version>/…
    const found = step === "npm" ? partsAt(steps, at + 2, isVersion) : null;
    if (found !== null) return found;
  }
  return null;
}

/**
 * A package's name and path from a step on, with what stands between the two.
 *
 * @param isBetween what that must be; where it is not given, nothing stands there
 */
function partsAt(
  steps: readonly string[],
  from: number,
  isBetween?: (step: string) => boolean,
): PackageParts | null {
  const end = from + (steps[from]?.startsWith("@") === true ? 2 : 1);
  const name = steps.slice(from, end);
  const between = steps[end] ?? "";
  if (name.some((step) => step === "") || name[0] === "@") return null;
  if (isBetween?.(between) === false) return null;
  const path = steps.slice(isBetween === undefined ? end : end + 1).join("/");
  if (path === "") return null;
  return {
    name: name.join("/"),
    path,
    ...(isBetween === undefined ? {} : { version: between }),
  };
}

function isVersion(step: string): boolean {
  return /^\d+\.\d+\.\d+/.test(step);
}

interface PackageParts {
  readonly name: string;
  /** Of the module, from the package's folder on. */
  readonly path: string;
  /** In a cache or a registry. */
  readonly version?: string;
}

const MODULES = "node_modules/";
