import { GatewayError } from "../../common/errors.ts";
import { childOutput } from "../../common/platform/child_output.ts";
import { platform } from "../../common/platform/deno.ts";
import { makeTemporaryFolder } from "../../common/temporary_folder.ts";
import { configFlag } from "../../common/worker_arguments.ts";

/**
 * The worker as one file without imports: that of a published TSpark, or made
 * by `deno bundle` out of the sources.
 *
 * @param main path of the worker's main module
 * @throws GatewayError `WORKER_NOT_BUNDLED` with what Deno says
 */
export async function bundledWorker(main: string): Promise<string> {
  if (!main.endsWith(".ts")) return await readText(main);
  const folder = await makeTemporaryFolder("worker");
  try {
    const path = `${folder}/main.mjs`;
    await bundle(main, path);
    return await readText(path);
  } finally {
    await platform.remove(folder);
  }
}

async function bundle(main: string, to: string): Promise<void> {
  const child = platform.spawn(
    platform.denoExecutable(),
    [
      "bundle",
      "--quiet",
      configFlag(main),
      "--platform=deno",
      `--output=${to}`,
      main,
    ],
    { ...platform.environment(), NO_COLOR: "1" },
  );
  const { code, stderr } = await childOutput(child);
  if (code === 0) return;
  throw new GatewayError(
    "WORKER_NOT_BUNDLED",
    `Cannot bundle the worker "${main}": deno bundle ended with code ${code}; mend what it says, or name a worker that is on every node by spark.tspark.worker:\n${stderr.trim()}`,
    { main, code },
  );
}

async function readText(path: string): Promise<string> {
  const bytes = await platform.readFile(path);
  if (bytes !== null) return new TextDecoder().decode(bytes);
  throw new GatewayError(
    "WORKER_NOT_BUNDLED",
    `Cannot read the worker "${path}": it is not there; install TSpark again`,
    { main: path },
  );
}
