import { access, constants, copyFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { workerArguments } from "../../common/worker_arguments.ts";
import {
  digestOf,
  type Entry,
  fileEntry,
  textEntry,
  writeArchive,
} from "./archive_file.ts";
import { hasNoCache, writingToCache } from "./cache_error.ts";
import { cacheFolder } from "./cache_folder.ts";
import { fetchWorkerParts } from "./fetch_worker_parts.ts";
import { bundledWorker } from "./worker_bundle.ts";
import { installedWorker, workerAddon } from "./installed_worker.ts";
import { EMPTY_STDIN, WORKER_PROGRAM } from "./worker_program.ts";

/** A kind of machine that workers run on: a system and a processor. */
export type WorkerPlatform =
  | "linux-x64"
  | "linux-arm64"
  | "darwin-x64"
  | "darwin-arm64";

/** Every {@link WorkerPlatform}. */
export const WORKER_PLATFORMS: readonly WorkerPlatform[] = [
  "linux-x64",
  "linux-arm64",
  "darwin-x64",
  "darwin-arm64",
];

/** What {@link packWorker} is asked for. */
export interface PackOptions {
  /** The executors' kind of machine; this machine's by default. Parts for another one are fetched with npm. */
  readonly platform?: WorkerPlatform;
  /** Path of the Deno to pack, for that kind of machine; by default the one that runs here, or npm's. */
  readonly deno?: string;
  /** Path of the addon to pack; null for none, so that TypeScript runs in its place. By default the one used here, or npm's. */
  readonly addon?: string | null;
  /** Path of the archive, a `.tar.gz`; by default in this user's cache, where an archive of the same content is used again. */
  readonly to?: string;
  /** Called as bytes are packed, of how many in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Packs all that executors need to run functions into one archive: Deno, the
 * worker as one file, the addon, and a program `tspark-worker` that starts
 * them. Sessions make and ship it by themselves when the master is not local;
 * packed beforehand it goes into an image or onto every node, unpacked, with
 * `spark.tspark.worker` naming its program.
 *
 * @param options what to pack
 * @returns path of the archive, about 42 MB
 * @throws GatewayError `WORKER_NOT_PACKED` when a part is not there or cannot
 *   be fetched, `WORKER_NOT_BUNDLED`, `CACHE_FOLDER_UNKNOWN` and
 *   `CACHE_NOT_WRITABLE` without `to`
 *
 * @example
 * ```ts
 * import { packWorker } from "@tspark/tspark";
 *
 * const archive = await packWorker({ to: "tspark-worker.tar.gz" });
 * ```
 */
export async function packWorker(options: PackOptions = {}): Promise<string> {
  if (options.to !== undefined) await checkTarget(options.to);
  const kind = options.platform ?? thisPlatform();
  const parts = await partsFor(kind, options);
  const entries: Entry[] = [
    textEntry(WORKER_PROGRAM, programText(parts.addon !== null), 0o755),
    textEntry("worker/main.mjs", parts.worker, 0o644),
    ...(parts.addon === null
      ? []
      : [await fileEntry(ADDON, parts.addon, 0o644)]),
    await fileEntry("bin/deno", parts.deno, 0o755),
  ];
  const name = `${WORKER_PROGRAM}-${kind}-${await digestOf(entries)}.tar.gz`;
  return await writeParts(entries, name, options);
}

/** Keeps the archive in the cache, if there is one that can be written to. */
async function writeParts(
  entries: readonly Entry[],
  name: string,
  { to, onProgress }: PackOptions,
): Promise<string> {
  try {
    const cache = cacheFolder();
    const cached = `${cache}/archives/${name}`;
    if (!await isFile(cached)) {
      await writingToCache(
        cache,
        () => writeArchive(entries, cached, onProgress),
      );
    }
    if (to === undefined) return cached;
    await copyFile(cached, to);
    return to;
  } catch (error) {
    if (to === undefined || !hasNoCache(error)) throw error;
    await writeArchive(entries, to, onProgress);
    return to;
  }
}

/** Before anything is packed, which takes its time. */
async function checkTarget(path: string): Promise<void> {
  if (!/[^/\\]\.(tar\.gz|tgz)$/.test(path)) {
    throw new GatewayError(
      "WORKER_NOT_PACKED",
      `Cannot pack a worker into "${path}": the archive is a .tar.gz, which its name has to say; give it that ending`,
      { path },
    );
  }
  const folder = dirname(path);
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new GatewayError(
      "WORKER_NOT_PACKED",
      `Cannot pack a worker into "${path}": the folder "${folder}" is not there, or this user may not write to it; make it, or name another one`,
      { path, folder },
      { cause },
    );
  }
}

const ADDON = "tspark.node";

/** What an archive is made of. */
interface WorkerParts {
  /** The worker's text. */
  readonly worker: string;
  readonly deno: string;
  readonly addon: string | null;
}

async function partsFor(
  kind: WorkerPlatform,
  options: PackOptions,
): Promise<WorkerParts> {
  const { main } = await installedWorker();
  const worker = await bundledWorker(main);
  if (kind === thisPlatform()) {
    const { deno = platform.denoExecutable() } = options;
    const { addon = await workerAddon() } = options;
    return { worker, deno, addon };
  }
  const { deno, addon } = options;
  const fetched = await fetchWorkerParts(kind, { deno, addon });
  return { worker, ...fetched };
}

/** Deno's cache goes beside it: executors may run as a user without a home. */
function programText(hasAddon: boolean): string {
  const addon = hasAddon ? `: "\${TSPARK_ADDON:=$here/${ADDON}}"\n` : "";
  const args = workerArguments('"$here/worker/main.mjs"');
  return `#!/bin/sh
here=$(cd "\${0%/*}" && pwd) || exit 1
: "\${DENO_DIR:=$here/cache}"
${addon}export DENO_DIR${hasAddon ? " TSPARK_ADDON" : ""}
${EMPTY_STDIN}exec "$here/bin/deno" ${args.join(" ")} "$@"
`;
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then((found) => found.isFile(), () => false);
}

function thisPlatform(): WorkerPlatform {
  const name = `${process.platform}-${process.arch}`;
  const found = WORKER_PLATFORMS.find((kind) => kind === name);
  if (found !== undefined) return found;
  throw new GatewayError(
    "WORKER_NOT_PACKED",
    `Cannot pack a worker for "${name}": workers run on ${
      WORKER_PLATFORMS.join(", ")
    }; name the executors' kind of machine by --platform, or by the option "platform"`,
    { platform: name },
  );
}
