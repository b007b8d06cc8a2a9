import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { quote } from "shlex";
import { platform } from "../../common/platform/deno.ts";
import { workerArguments } from "../../common/worker_arguments.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { hasNoCache } from "../launch/cache_error.ts";
import { writeToCache } from "../launch/cache_folder.ts";
import { withPackProgress } from "../launch/pack_progress.ts";
import type { PackOptions } from "../launch/worker_archive.ts";
import { EMPTY_STDIN, WORKER_PROGRAM } from "../launch/worker_program.ts";
import { installedWorker } from "../launch/installed_worker.ts";
import type { JvmFolder } from "./jvm_folder.ts";

const WORKER = "spark.tspark.worker"; // path of one that is on every node
const ARCHIVES = "spark.archives"; // what executors unpack before they run anything
const SHOW_PROGRESS = "spark.ui.showConsoleProgress";
const UNPACKED = "tspark_worker"; // folder of ours, in the one that they run in

/**
 * Finds what executors are to start in place of Python: the worker that
 * `spark.tspark.worker` says is on every node; where they run on this machine,
 * the one that is here; else one that is shipped to them in an archive.
 *
 * @param conf the `SparkConf` of the context that is going to be made; gets the archive
 * @param folder where the worker goes when no cache can hold it
 * @returns one path without arguments, as executors see it
 * @throws GatewayError as `packWorker`
 */
export async function prepareWorker(
  conf: JavaObject,
  folder: JvmFolder,
): Promise<string> {
  const get = (key: string): Promise<string> => conf.callString("get", key, "");
  const named = await get(WORKER);
  if (named !== "") return named;
  if (isHere(await get("spark.master"))) return await launcherHere(folder);
  // Loaded where it is needed: a start is quicker without.
  const { packWorker } = await import("../launch/worker_archive.ts");
  const isShown = await get(SHOW_PROGRESS) !== "false";
  const pack = (options: PackOptions): Promise<string> =>
    isShown
      ? withPackProgress((onProgress) => packWorker({ ...options, onProgress }))
      : packWorker(options);
  const path = await pack({}).catch(async (error) => {
    if (!hasNoCache(error)) throw error;
    return await pack({ to: folder.newPath("worker.tar.gz") });
  });
  const archive = `${path}#${UNPACKED}`;
  const others = await get(ARCHIVES);
  await conf.callObject(
    "set",
    ARCHIVES,
    others === "" ? archive : `${others},${archive}`,
  );
  return `./${UNPACKED}/${WORKER_PROGRAM}`;
}

/** `local[2]`, and `local-cluster[2,1,1024]` whose executors see this machine's files. */
function isHere(master: string): boolean {
  return /^local(-cluster)?(\[|$)/.test(master);
}

/**
 * What Spark starts on this machine: the executors' launcher where it is one
 * path for all, or was sent here as well, else one of this machine's own.
 *
 * @param launcher what executors start
 * @param folder where it goes when no cache can hold it
 */
export async function launcherForPlanner(
  launcher: string,
  folder: JvmFolder,
): Promise<string> {
  if (isAbsolute(launcher)) return launcher;
  // Where the driver runs in a container it has what executors have.
  const sent = resolve(launcher);
  return existsSync(sent) ? sent : await launcherHere(folder);
}

/**
 * Writes an executable with the arguments that Spark has no place for. The
 * process that it becomes has to be the daemon itself, hence `exec`.
 */
async function launcherHere(folder: JvmFolder): Promise<string> {
  const { main, addon } = await installedWorker();
  const command = [platform.denoExecutable(), ...workerArguments(main)];
  const script = `#!/bin/sh
${addon === null ? "" : addonLines(addon)}${EMPTY_STDIN}exec ${
    command.map(quote).join(" ")
  } "$@"
`;
  try {
    return await writeToCache("launcher", WORKER_PROGRAM, script, 0o755);
  } catch (error) {
    if (!hasNoCache(error)) throw error;
    const path = folder.newPath(WORKER_PROGRAM);
    await platform.writeAtomically(path, script, 0o755);
    return path;
  }
}

function addonLines(addon: string): string {
  return `: "\${TSPARK_ADDON:=${addon.replaceAll(/["$\\`]/g, "\\$&")}}"
export TSPARK_ADDON
`;
}
