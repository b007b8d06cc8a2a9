import { expectString, expectStringOrNull } from "../gateway/expect.ts";
import { readOption, readSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

/** Brings an archive to the workers. */
export async function addArchive(
  runtime: SparkRuntime,
  path: string,
): Promise<void> {
  await askScala(runtime, "addArchive()", (sc) => sc.call("addArchive", path));
}

/** The addresses of what was added. */
export async function listAdded(
  runtime: SparkRuntime,
  method: "listFiles" | "listArchives",
): Promise<string[]> {
  const names = await askScala(
    runtime,
    `${method}()`,
    async (sc) => await readSeq(await sc.callObject(method)),
  );
  return names.map((name) => expectString(name, method));
}

/** Where checkpoints go; null when that was not set. */
export async function checkpointDirectory(
  runtime: SparkRuntime,
): Promise<string | null> {
  const directory = await askScala(
    runtime,
    "getCheckpointDir()",
    async (sc) => await readOption(await sc.callObject("getCheckpointDir")),
  );
  return expectStringOrNull(directory, "getCheckpointDir");
}

async function askScala<T>(
  runtime: SparkRuntime,
  operation: string,
  ask: (sc: JavaObject) => Promise<T>,
): Promise<T> {
  return await runtime.ask(
    operation,
    async () => await ask(await runtime.jsc.callObject("sc")),
  );
}
