/**
 * What a daemon tells a confined worker, which may not read its environment:
 * one line of JSON on its stdin, never an argument, since others see those.
 *
 * @module
 */
import { OUTPUT_VARIABLE } from "../../src/protocol/task_output.ts";
import type { Grant } from "../../src/common/worker_permissions.ts";
import type { Variables } from "../daemon/spark_environment.ts";

/** What a confined worker has to know. */
export interface ConfinedSetup {
  /** Path of the addon's file. */
  readonly addon: string;
  /** The setting: what functions may do. */
  readonly permissions: string;
  /** The variables that the worker itself needs. */
  readonly variables: Map<string, string>;
  /** URLs of the worker's own modules. */
  readonly modules: readonly string[];
}

/** What the worker itself asks of its environment. */
const NEEDED = [
  "NODE_PATH",
  "PYSPARK_EXECUTOR_MEMORY_MB",
  "PYTHON_UNIX_DOMAIN_ENABLED",
  "PYTHON_WORKER_FACTORY_SECRET",
  "SPARK_LOCAL_DIRS",
  "SPARK_PREFER_IPV6",
  "SPARK_REUSE_WORKER",
  OUTPUT_VARIABLE,
  "TSPARK_SPARK_VERSION",
] as const;

/** What the runtime under it does: where its caches are, language, time zone, certificates. */
const RUNTIME = [
  "HOME",
  "LANG",
  "LC_ALL",
  "LD_LIBRARY_PATH",
  "NO_COLOR",
  "PATH",
  "SSL_CERT_FILE",
  "TMPDIR",
  "TZ",
  "XDG_CACHE_HOME",
] as const;

/** No function's, whatever is granted. */
const SECRET = "PYTHON_WORKER_FACTORY_SECRET";

/**
 * What goes to a confined worker's stdin.
 *
 * @param variables the daemon's own
 * @param permissions the setting
 * @param addon path of the addon's file
 * @param modules URLs of the worker's own modules
 */
export function confinedSetup(
  variables: Variables,
  permissions: string,
  addon: string,
  modules: readonly string[],
): ConfinedSetup {
  return {
    addon,
    permissions,
    modules,
    variables: new Map(Object.entries(pick(NEEDED, variables))),
  };
}

/**
 * The environment of a confined worker's process: what the runtime needs, and
 * what is granted. The secret is never in it.
 *
 * @param all the daemon's own
 * @param grants what the setting grants
 * @param denoFolder where Deno's caches are for it
 */
export function confinedEnvironment(
  all: Readonly<Record<string, string>>,
  grants: readonly Grant[],
  denoFolder: string,
): Record<string, string> {
  const env = grants.find(({ kind }) => kind === "env");
  const names = env?.values === null
    ? Object.keys(all)
    : [...RUNTIME, ...env?.values ?? []];
  const picked = pick(names.filter((name) => name !== SECRET), (n) => all[n]);
  // Deno asks nobody before it loads the drivers of graphics cards.
  return { ...picked, DENO_DIR: denoFolder, DENO_WEBGPU_BACKEND: "none" };
}

/** Layout: JSON, a line end. */
export function encodeSetup(setup: ConfinedSetup): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    `${JSON.stringify({ ...setup, variables: [...setup.variables] })}\n`,
  );
}

/**
 * Reads a setup, and nothing after it.
 *
 * @param read as `Deno.stdin.readSync`
 * @returns null when the other side ends before it
 */
export function readSetup(
  read: (into: Uint8Array) => number | null,
): ConfinedSetup | null {
  const decoder = new TextDecoder();
  const space = new Uint8Array(4096);
  let text = "";
  while (!text.endsWith("\n")) {
    const count = read(space);
    if (count === null || count === 0) return null;
    text += decoder.decode(space.subarray(0, count), { stream: true });
  }
  const { variables, ...setup } = JSON.parse(text) as
    & Omit<ConfinedSetup, "variables">
    & { readonly variables: readonly [string, string][] };
  return { ...setup, variables: new Map(variables) };
}

function pick(
  names: readonly string[],
  from: Variables,
): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = from(name);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
