import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { workerArguments } from "../../common/worker_arguments.ts";
import { cacheFolder } from "../launch/cache_folder.ts";

const ROOT = new URL("../../../", import.meta.url);

/**
 * Writes the executable that Spark starts in place of Python. It has to be
 * one path without arguments, and the process that it becomes has to be the
 * daemon itself, hence `exec`.
 *
 * @param sparkVersion the Spark that the workers will talk to
 * @returns path of the executable, named by its content, in the user's cache
 * @throws GatewayError `WORKER_NOT_FOUND` when this module was not loaded from files
 */
export async function writeWorkerLauncher(
  sparkVersion: string,
): Promise<string> {
  if (ROOT.protocol !== "file:") {
    throw new GatewayError(
      "WORKER_NOT_FOUND",
      `Cannot start workers from "${ROOT.href}": the worker's files are not on this machine; run TSpark from a folder or an installed package`,
      { root: ROOT.href },
    );
  }
  const script = launcherScript(platform.denoExecutable(), sparkVersion);
  const folder = `${cacheFolder()}/launcher/${await digest(script)}`;
  const path = `${folder}/tspark-worker`;
  await platform.makeFolder(folder);
  await platform.writeAtomically(path, script, 0o755);
  return path;
}

function launcherScript(deno: string, sparkVersion: string): string {
  const command = [deno, ...workerArguments(ROOT)].map(quote).join(" ");
  return `#!/bin/sh
TSPARK_SPARK_VERSION=${quote(sparkVersion)}
export TSPARK_SPARK_VERSION
exec ${command} "$@"
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  return [...new Uint8Array(hash).subarray(0, 8)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
