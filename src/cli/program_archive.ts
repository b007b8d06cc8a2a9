import { existsSync } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { quote } from "shlex";
import { SparkError } from "../common/errors.ts";
import { childOutput } from "../common/platform/child_output.ts";
import { platform } from "../common/platform/deno.ts";
import {
  type Entry,
  fileEntry,
  linkEntry,
  textEntry,
  writeArchive,
} from "../driver/launch/archive_file.ts";
import { configFlags } from "./program_command.ts";

/** Name of the script in the archive that runs the program. */
export const RUN_PROGRAM = "run";

/** Where containers find what they were sent. */
export interface ContainerFolders {
  /** That of the program's archive, in the folder that containers run in. */
  readonly program: string;
  /** That of the worker's, which has Deno. */
  readonly worker: string;
}

/**
 * Packs a program with all that it imports, as Deno tells: local modules in the
 * places that they have to each other, with the configuration that holds for
 * them, and out of Deno's cache the packages and remote modules.
 *
 * @param program its path, or its address
 * @param folders where containers will find it
 * @param to path of the archive
 * @throws SparkError `PROGRAM_NOT_PACKED` when something that it imports is not there
 */
export async function packProgram(
  program: string,
  folders: ContainerFolders,
  to: string,
): Promise<void> {
  const flags = configFlags(dirname(program));
  const graph = await readGraph(program, flags);
  const cache = await cacheOf(flags);
  const files = new Map<string, string>([
    ...await localFiles(graph, program),
    ...await cachedFiles(graph, cache),
  ]);
  const entries: Entry[] = [
    textEntry(RUN_PROGRAM, runText(program, flags, folders), 0o755),
  ];
  for (const [name, path] of files) {
    entries.push(await entryOf(name, path, graph, files));
  }
  await writeArchive(entries, to);
}

async function entryOf(
  name: string,
  path: string,
  graph: Graph,
  files: ReadonlyMap<string, string>,
): Promise<Entry> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) {
    const target = resolve(dirname(path), await readlink(path));
    return linkEntry(name, relative(dirname(path), target));
  }
  const readText = (): Promise<string> => readFile(path, "utf8");
  switch (basename(path)) {
    case LOCK:
      return textEntry(name, lockOf(graph, await readText()), 0o644);
    case "deno.json":
    case "deno.jsonc": {
      const text = withoutAbsolutePaths(await readText(), dirname(path), files);
      return textEntry(name, text, 0o644);
    }
    default:
      return await fileEntry(name, path, found.mode & 0o777);
  }
}

/** A configuration whose import map names files by where they are to itself: all move together. */
function withoutAbsolutePaths(
  text: string,
  folder: string,
  files: ReadonlyMap<string, string>,
): string {
  return text.replaceAll(/"(?:file:\/\/)?(\/[^"\n]*)"/g, (quoted, path) => {
    if (!files.has(inArchive(path))) return quoted;
    const moved = relative(folder, path);
    return JSON.stringify(moved.startsWith(".") ? moved : `./${moved}`);
  });
}

/** What `deno info --json` tells of a program. */
interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly local?: string;
    readonly error?: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly error?: string };
    }[];
    /** Of a module of a package: which. */
    readonly npmPackage?: string;
  }[];
  /** All that the project has, whether or not this program imports it; none where they are in `node_modules`. */
  readonly npmPackages?: Readonly<Record<string, NpmPackage>>;
}

interface NpmPackage {
  readonly dependencies: readonly string[];
  readonly localPath?: string;
}

async function readGraph(
  program: string,
  flags: readonly string[],
): Promise<Graph> {
  const main = isAddress(program) ? program : resolve(program);
  const graph = JSON.parse(await info(program, [...flags, main])) as Graph;
  for (const { error, dependencies = [] } of graph.modules) {
    const wrong = error ??
      dependencies.find(({ code }) => code?.error !== undefined)?.code?.error;
    if (wrong !== undefined) throw notPacked(program, wrong);
  }
  return graph;
}

/** Deno's own folder. */
async function cacheOf(flags: readonly string[]): Promise<string> {
  const { denoDir } = JSON.parse(await info(".", flags)) as { denoDir: string };
  return denoDir;
}

async function info(
  program: string,
  args: readonly string[],
): Promise<string> {
  const { code, stdout, stderr } = await childOutput(
    platform.spawn(
      platform.denoExecutable(),
      ["info", "--json", ...args],
      { ...platform.environment(), NO_COLOR: "1" },
      // Whose configuration holds.
      isAddress(program) ? undefined : dirname(resolve(program)),
    ),
  );
  if (code === 0) return stdout;
  throw notPacked(program, stderr.trim());
}

const LOCK = "deno.lock";
/** Whether a program is one of `https:` or `jsr:`, and no file. */
function isAddress(program: string): boolean {
  return /^[a-z]{2,}:/i.test(program);
}

/** What Deno looks for in a module's folder and all above it. */
const CONFIG_FILES = ["deno.json", "deno.jsonc", LOCK, "package.json"];

/** Local modules, and what configures them: by name in the archive. */
async function localFiles(
  { modules }: Graph,
  program: string,
): Promise<[string, string][]> {
  const paths = modules.filter(({ specifier }) => specifier.startsWith("file:"))
    .map(({ specifier }) => fileURLToPath(specifier));
  const folders = new Set<string>();
  for (const path of [...paths, resolve(program)]) {
    for (
      let folder = dirname(path);
      !folders.has(folder);
      folder = dirname(folder)
    ) folders.add(folder);
  }
  const configs = [...folders].flatMap((folder) =>
    CONFIG_FILES.map((name) => join(folder, name))
  ).filter((path) => existsSync(path) && !path.includes(INSTALLED));
  // Of what packages in there import, Deno tells nothing.
  const installed = new Set(paths.flatMap((path) => {
    const at = path.indexOf(INSTALLED);
    return at < 0 ? [] : path.slice(0, at + INSTALLED.length - 1);
  }));
  const sent = paths.filter((path) => !path.includes(INSTALLED));
  for (const folder of installed) sent.push(...await filesBelow(folder));
  return [...sent, ...configs].map((path) => [inArchive(path), path]);
}

const INSTALLED = "/node_modules/";

/** Packages and remote modules of Deno's cache, and the bundler of functions' packages. */
async function cachedFiles(
  graph: Graph,
  cache: string,
): Promise<[string, string][]> {
  const paths: string[] = [];
  const hosts = new Set<string>();
  for (const { specifier, local } of graph.modules) {
    if (local === undefined || !/^https?:/.test(specifier)) continue;
    // With it what tells which versions a registry has.
    hosts.add(dirname(local));
  }
  for (const host of hosts) paths.push(...await filesBelow(host));
  for (const { localPath } of importedPackages(graph).values()) {
    if (localPath === undefined) continue;
    const versions = join(dirname(localPath), "registry.json");
    if (existsSync(versions)) paths.push(versions);
    // Packages for other kinds of machines are known, but not there.
    paths.push(...await filesBelow(localPath));
  }
  paths.push(...await filesBelow(join(cache, "dl")));
  return paths.map((path) => {
    const below = relative(cache, path);
    return [below.startsWith("..") ? inArchive(path) : `cache/${below}`, path];
  });
}

/** Packages that the program imports, and those that they need. */
function importedPackages(
  { modules, npmPackages = {} }: Graph,
): Map<string, NpmPackage> {
  const found = new Map<string, NpmPackage>();
  const names = modules.flatMap(({ npmPackage }) => npmPackage ?? []);
  for (const name of names) {
    const known = npmPackages[name];
    if (known === undefined || found.has(name)) continue;
    found.set(name, known);
    names.push(...known.dependencies); // which the loop comes to
  }
  return found;
}

/** A lock without the packages that are not sent: Deno wants all that are in it. */
function lockOf(graph: Graph, text: string): string {
  const lock = JSON.parse(text) as {
    readonly specifiers?: Record<string, string>;
    readonly npm?: Record<string, unknown>;
  };
  const sent = importedPackages(graph);
  const { specifiers = {}, npm = {} } = lock;
  return JSON.stringify({
    ...lock,
    specifiers: only(specifiers, (name) => {
      const found = /^npm:(@?[^@]+)/.exec(name)?.[1];
      return found === undefined || sent.has(`${found}@${specifiers[name]}`);
    }),
    npm: only(npm, (name) => sent.has(name)),
  });
}

function only<T>(
  all: Readonly<Record<string, T>>,
  keeps: (name: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => keeps(name)),
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The place of a local file: its own, below a folder of the archive. */
function inArchive(path: string): string {
  return `files${path.replaceAll("\\", "/").replace(/^\/?/, "/")}`;
}

/** Spark names a stand-in first, then the program, then its arguments. */
function runText(
  program: string,
  flags: readonly string[],
  { program: here, worker }: ContainerFolders,
): string {
  const place = (path: string): string => `$PWD/${here}/${inArchive(path)}`;
  const words = flags.map((flag) =>
    flag.startsWith("--config=")
      ? `--config="${place(flag.slice("--config=".length))}"`
      : flag
  );
  const main = isAddress(program)
    ? quote(program)
    : `"${escaped(place(resolve(program)))}"`;
  return `#!/bin/sh
shift 2
DENO_DIR="$PWD/${here}/cache"
export DENO_DIR
exec "$PWD/${worker}/bin/deno" run --allow-all --cached-only ${
    [...words, main].join(" ")
  } "$@"
`;
}

/** A path within quotes, where \`$PWD\` alone stands for something. */
function escaped(path: string): string {
  const [before = "", ...rest] = path.split("$PWD");
  return before + "$PWD" + rest.join("$PWD").replaceAll(/["$\\`]/g, "\\$&");
}

function notPacked(program: string, reason: string): SparkError {
  return new SparkError(
    "PROGRAM_NOT_PACKED",
    `Cannot pack "${program}" for the cluster: ${reason}; mend what it says, so that deno info knows all that the program imports`,
    { program },
  );
}
